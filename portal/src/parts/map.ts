/** The map of the Ambiti: its outlines come drawn from the build, here is only what moves on it. */
import address from 'virtual:boundaries';

export interface Boundaries {
  width: number;
  height: number;
  projection: { scale: number; x: number; y: number };
  ambiti: readonly { ambito: string; province_code: string; d: string }[];
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export type Spot = readonly [x: number, y: number];

let asked: Promise<Boundaries> | undefined;

/** The outlines, fetched once. */
export function boundaries(): Promise<Boundaries> {
  asked ??= fetch(address).then((answer) => {
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    return answer.json() as Promise<Boundaries>;
  });
  // A failed try is not remembered: the next page tries again.
  asked.catch(() => (asked = undefined));
  return asked;
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Where a place lies on the map. */
export function spot({ projection: { scale, x, y } }: Pick<Boundaries, 'projection'>, latitude: number, longitude: number): Spot {
  return [x + scale * radians(longitude), y - scale * Math.log(Math.tan(Math.PI / 4 + radians(latitude) / 2))];
}

/** The box around a path made of absolute points, as the build writes them. */
export function boxOf(d: string): Box {
  const box: Box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const [, x = '', y = ''] of d.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)) {
    box.left = Math.min(box.left, Number(x));
    box.right = Math.max(box.right, Number(x));
    box.top = Math.min(box.top, Number(y));
    box.bottom = Math.max(box.bottom, Number(y));
  }
  return box;
}

export const middle = ({ left, top, right, bottom }: Box): Spot => [(left + right) / 2, (top + bottom) / 2];

/** The view that shows a box with some land around it, as wide to high as the whole map. */
export function viewOf(box: Box, { width, height }: Pick<Boundaries, 'width' | 'height'>): string {
  const scale = Math.min(1, Math.max((box.right - box.left) / width, (box.bottom - box.top) / height, 0.08) * 1.4);
  const [x, y] = middle(box);
  const [w, h] = [width * scale, height * scale];
  return [x - w / 2, y - h / 2, w, h].map((value) => Math.round(value * 10) / 10).join(' ');
}

const STEPS: Readonly<Record<string, Spot>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Which spot comes next from one of them in the direction of a key; the same where none lies there. */
export function towards(key: string, from: number, spots: readonly Spot[]): number {
  const step = STEPS[key];
  const start = spots[from];
  if (!step || !start) return key === 'Home' ? 0 : key === 'End' ? spots.length - 1 : from;
  let best = from;
  let least = Infinity;
  spots.forEach(([x, y], at) => {
    const along = (x - start[0]) * step[0] + (y - start[1]) * step[1];
    const aside = Math.abs((x - start[0]) * step[1]) + Math.abs((y - start[1]) * step[0]);
    // What lies more aside than ahead belongs to another key.
    if (at === from || along <= 0 || aside > along) return;
    if (along + 2 * aside < least) [best, least] = [at, along + 2 * aside];
  });
  return best;
}

/** The shade of a number of practices: 0 none, 1 one, 2 two or three, 3 more. */
export const shade = (count: number): 0 | 1 | 2 | 3 => (count <= 0 ? 0 : count === 1 ? 1 : count < 4 ? 2 : 3);
