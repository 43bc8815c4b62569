/** The drawing: where the hub's places fall in the room there is, how large, which names fit, how the lines run. */
import { apart, spread } from './spread';

export interface Place {
  x: number;
  y: number;
}

export interface Dot extends Place {
  radius: number;
  name: string;
  weight: number;
}

/** Where a name stands from the middle of its dot, and which end of it. */
export interface Label extends Place {
  anchor: 'start' | 'middle' | 'end';
}

export interface Drawn {
  width: number;
  height: number;
  dots: readonly Dot[];
}

/** What a territory brings to its size: its practices, and twice each copy others made. */
export const weightOf = ({ practicesRun, given }: { practicesRun: number; given: number }): number => practicesRun + 2 * given;

/** About how wide a letter is, and how high a line. */
const LETTER = 6.2;
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
    weight,
    x: left + (x - west) * scale,
    y: top + (y - north) * scale,
    radius: least + (largest - least) * Math.sqrt(weight / most),
    name,
  }));
  apart(dots, width, height);
  return { width, height, dots };
}

/** Names beside the dots, the weightiest first: right, left, above or below, where they cover none of the others; of all
    dots or of those that are told. */
export function labelsOf(dots: readonly Dot[], width: number, only?: ReadonlySet<number>): Map<number, Label> {
  const meant = [...dots.entries()].filter(([at]) => !only || only.has(at));
  const taken = new Map(meant.map(([at, { x, y, radius }]): [number | string, Box] => [at, { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }]));
  const labels = new Map<number, Label>();
  for (const [at, { x, y, radius, name }] of meant.toSorted(([, a], [, b]) => b.weight - a.weight)) {
    const long = name.length * LETTER;
    const tries: readonly (readonly [Label, left: number])[] = [
      [{ x: radius + 4, y: 4, anchor: 'start' }, radius + 4],
      [{ x: -radius - 4, y: 4, anchor: 'end' }, -radius - 4 - long],
      [{ x: 0, y: -radius - 5, anchor: 'middle' }, -long / 2],
      [{ x: 0, y: radius + LINE, anchor: 'middle' }, -long / 2],
    ];
    for (const [label, left] of tries) {
      const box: Box = { left: x + left, right: x + left + long, top: y + label.y - 10, bottom: y + label.y + 3 };
      if (box.left < 2 || box.right > width - 2 || [...taken].some(([whose, other]) => whose !== at && meet(box, other))) continue;
      taken.set(`name ${at}`, box);
      labels.set(at, label);
      break;
    }
  }
  return labels;
}

/** A line from one dot to the rim of another, bent to the side so that the way back runs beside it. */
export function curve(from: Place, to: Place & { radius: number }, bend = 0.14): string {
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
