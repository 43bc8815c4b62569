/** How long the two bars of an indicator are. */

/** The longest bar takes this share of the width: the rest is for its number. */
const LONGEST = 0.72;

export interface Measured {
  unit: string;
  baseline: number | null;
  value: number | null;
}

export interface Bar {
  /** Share of the width, 0 to 1; null where nobody measured. */
  length: number | null;
  value: number | null;
}

/** Before and after, on the same scale: 0 to 100 for percentages, else up to the larger one. */
export function barsOf({ unit, baseline, value }: Measured): { before: Bar; after: Bar } {
  const known = [baseline, value].filter((one) => one !== null).map(Math.abs);
  const most = Math.max(unit.trim().startsWith('%') ? 100 : 0, ...known);
  const bar = (one: number | null): Bar => ({
    value: one,
    length: one === null ? null : most === 0 ? 0 : (Math.max(0, one) / most) * LONGEST,
  });
  return { before: bar(baseline), after: bar(value) };
}

/** How much it changed, as a share of what it was; null where that cannot be said. */
export function changeOf({ baseline, value }: Measured): number | null {
  return baseline === null || value === null || baseline === 0 ? null : (value - baseline) / Math.abs(baseline);
}
