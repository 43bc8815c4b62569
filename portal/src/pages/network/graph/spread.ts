/** Makes room where the map is crowded: Puglia is long and narrow, and its middle is full. Who lies north, east or
    between two others on the map does so in the drawing. */

interface Place {
  x: number;
  y: number;
}

/** How much of a place is its rank among the others, 0 to 1: ranks are evenly far apart. */
const EVEN = 0.55;
/** How wide the narrow way is made, against the long one. */
const WIDE = 0.62;

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length);

/** Each value drawn towards its rank among all, within the same bounds. */
function evened(values: readonly number[], share: number): number[] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const order = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const rank = new Map(order.map((at, place) => [at, place / Math.max(1, order.length - 1)]));
  return values.map((value, at) => (1 - share) * value + share * (least + (rank.get(at) ?? 0) * (most - least)));
}

/** The places, evened along the land's long way and widened across it. */
export function spread(places: readonly Place[]): Place[] {
  if (places.length < 3) return places.map(({ x, y }) => ({ x, y }));
  const [cx, cy] = [mean(places.map(({ x }) => x)), mean(places.map(({ y }) => y))];
  const [xx, yy, xy] = [mean(places.map(({ x }) => (x - cx) ** 2)), mean(places.map(({ y }) => (y - cy) ** 2)), mean(places.map(({ x, y }) => (x - cx) * (y - cy)))];
  const angle = Math.atan2(2 * xy, xx - yy) / 2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const along = places.map(({ x, y }) => (x - cx) * cos + (y - cy) * sin);
  const across = places.map(({ x, y }) => (y - cy) * cos - (x - cx) * sin);
  const deep = (values: readonly number[]): number => Math.sqrt(mean(values.map((one) => one ** 2)));
  const stretch = Math.min(3, Math.max(1, (deep(along) * WIDE) / Math.max(deep(across), 1)));
  const [u, v] = [evened(along, EVEN), evened(across, EVEN / 2).map((one) => one * stretch)];
  return u.map((one, at) => ({ x: cx + one * cos - (v[at] ?? 0) * sin, y: cy + one * sin + (v[at] ?? 0) * cos }));
}

/** Pushes apart who would cover another, within the drawing. */
export function apart(dots: (Place & { radius: number })[], width: number, height: number, gap = 9): void {
  const rounds = dots.length > 300 ? 6 : 40;
  for (let round = 0; round < rounds; round++) {
    for (const [at, a] of dots.entries()) {
      for (const b of dots.slice(at + 1)) {
        const [dx, dy] = [b.x - a.x, b.y - a.y];
        const far = Math.hypot(dx, dy) || 0.01;
        const push = (a.radius + b.radius + gap - far) / far / 2;
        if (push <= 0) continue;
        [a.x, a.y, b.x, b.y] = [a.x - dx * push, a.y - dy * push, b.x + dx * push, b.y + dy * push];
      }
    }
    for (const dot of dots) {
      dot.x = Math.min(width - dot.radius - 3, Math.max(dot.radius + 3, dot.x));
      dot.y = Math.min(height - dot.radius - 3, Math.max(dot.radius + 3, dot.y));
    }
  }
}
