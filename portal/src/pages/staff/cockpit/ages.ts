/** How old the queue is: how many requests wait for how long, from how many wait for more than so many days. */

/** The days that part the ages. */
export const STEPS = [7, 14, 30, 60] as const;

export interface Age {
  /** Days, from more than … */
  from: number;
  /** … to at most; null without end. */
  to: number | null;
  count: number;
}

/** `all` wait; `more` of them for longer than each of the steps. */
export function agesOf(all: number, more: readonly number[]): Age[] {
  const counts = [all, ...more];
  return counts.map((count, at) => ({
    from: at === 0 ? 0 : (STEPS[at - 1] ?? 0) + 1,
    to: STEPS[at] ?? null,
    // Between two counts somebody may have answered.
    count: Math.max(0, count - (counts[at + 1] ?? 0)),
  }));
}
