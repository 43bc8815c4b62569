/** The drawing: where the hub's places fall in the room there is, how large, which names fit, how the lines run. */
import { apart, spread } from './spread';

export interface Place {
  x: number;
  y: number;
}

export interface Dot extends Place {
  radius: number;
  name: string;
  /** Where its name stands from its middle; undefined where none fits. */
  label?: Place;
}

export interface Drawn {
  width: number;
  height: number;
  dots: readonly Dot[];
}

/** What a territory brings to its size: its practices, and twice each copy others made. */
export const weightOf = ({ practicesRun, given }: { practicesRun: number; given: number }): number => practicesRun + 2 * given;

const LETTER = 6.6;
const LINE = 13;

interface Box { left: number; top: number; right: number; bottom: number }
const meet = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** The places fill the width, north up, but no more height than `tallest` widths; nobody covers another. */
export function drawn(given: readonly (Place & { name: string; weight: number })[], width: number, tallest = 0.86): Drawn {
  const wide = spread(given);
  const nodes = given.map((node, at) => ({ ...node, ...wide[at] }));
  const small = width < 500;
  const most = Math.max(1, ...nodes.map(({ weight }) => weight));
  const [least, largest] = small ? [4.5, 11] : [6, 19];
  const [pad, top] = [small ? 22 : 60, largest + LINE + 6];
  const bounds = (values: number[]) => [Math.min(...values), Math.max(...values)] as const;
  const [west = 0, east = 0] = nodes.length ? bounds(nodes.map(({ x }) => x)) : [];
  const [north = 0, south = 0] = nodes.length ? bounds(nodes.map(({ y }) => y)) : [];
  const room = width - 2 * pad;
  const scale = Math.min(room / Math.max(east - west, 1), (width * tallest - 2 * top) / Math.max(south - north, 1));
  const height = Math.round((south - north) * scale + 2 * top);
  const left = pad + (room - (east - west) * scale) / 2;
  const dots: Dot[] = nodes.map(({ x, y, name, weight }) => ({
    x: left + (x - west) * scale,
    y: top + (y - north) * scale,
    radius: least + (largest - least) * Math.sqrt(weight / most),
    name,
  }));
  apart(dots, width, height);
  label(dots, nodes.map(({ weight }) => weight), width);
  return { width, height, dots };
}

/** Names beside the dots, the weightiest first: right, left, above or below, where they cover nothing; else none. */
function label(dots: Dot[], weights: readonly number[], width: number): void {
  const taken = dots.map(({ x, y, radius }): Box => ({ left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }));
  const order = [...dots.keys()].sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0));
  for (const at of order) {
    const dot = dots[at];
    if (!dot) continue;
    const { x, y, radius, name } = dot;
    const long = name.length * LETTER;
    const tries: Place[] = [
      { x: radius + 4 + long / 2, y: 4 },
      { x: -radius - 4 - long / 2, y: 4 },
      { x: 0, y: -radius - 5 },
      { x: 0, y: radius + LINE },
    ];
    for (const one of tries) {
      const box: Box = { left: x + one.x - long / 2, right: x + one.x + long / 2, top: y + one.y - 10, bottom: y + one.y + 3 };
      if (box.left < 2 || box.right > width - 2 || taken.some((other, own) => own !== at && meet(box, other))) continue;
      taken.push(box);
      dot.label = one;
      break;
    }
  }
}

/** A line from one dot to the rim of another, bent to the side so that the way back runs beside it. */
export function curve(from: Dot, to: Dot, bend = 0.14): string {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const [mx, my] = [(from.x + to.x) / 2 + dy * bend, (from.y + to.y) / 2 - dx * bend];
  const [ex, ey] = [to.x - mx, to.y - my];
  const long = Math.hypot(ex, ey) || 1;
  const gap = Math.min(to.radius + 5, long - 1);
  const point = (x: number, y: number): string => `${x.toFixed(1)},${y.toFixed(1)}`;
  return `M${point(from.x, from.y)}Q${point(mx, my)} ${point(to.x - (ex / long) * gap, to.y - (ey / long) * gap)}`;
}

/** How thick a line is, of so many requests. */
export const thickness = (requests: number): number => Math.min(7, 1.2 + Math.sqrt(Math.max(0, requests)) * 0.9);

/** The classes of the groups' marks. */
const CLASSES = ['mark-0', 'mark-1', 'mark-2', 'mark-3', 'mark-4', 'mark-5', 'mark-6'];
export const markOf = (mark: number | undefined): string => CLASSES[mark ?? -1] ?? 'mark-none';

/** Outlines of one size, by the number of a group's mark: circle, square, diamond, triangles, hexagon, cross. */
export function outline(mark: number, r: number): string {
  const polygon = (sides: number, turn: number, k = 1): string =>
    `M${Array.from({ length: sides }, (_, at) => {
      const angle = turn + (at * 2 * Math.PI) / sides;
      return `${(Math.cos(angle) * r * k).toFixed(2)},${(Math.sin(angle) * r * k).toFixed(2)}`;
    }).join('L')}Z`;
  const [a, b] = [r * 1.1, r * 0.42];
  return [
    `M${-r},0A${r},${r} 0 1 1 ${r},0A${r},${r} 0 1 1 ${-r},0Z`,
    polygon(4, Math.PI / 4, 1.2),
    polygon(4, 0, 1.25),
    polygon(3, -Math.PI / 2, 1.35),
    polygon(3, Math.PI / 2, 1.35),
    polygon(6, 0, 1.1),
    `M${-b},${-a}H${b}V${-b}H${a}V${b}H${b}V${a}H${-b}V${b}H${-a}V${-b}H${-b}Z`,
  ][mark] ?? polygon(8, 0);
}
