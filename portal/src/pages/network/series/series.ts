/** Points of the hub as series to draw: one for all, for each state, each theme or each province. */
import type { ResultOf } from '../../../lib/graphql';
import type { NetworkSeries } from './operations';

type Answer = ResultOf<typeof NetworkSeries>;
export type Point = NonNullable<Answer['points']>[number];
export type Whole = NonNullable<Answer['whole']>[number];
export type Waiting = Point['waiting'];

export const GROUPS = ['none', 'state', 'field', 'province'] as const;
export type Grouping = (typeof GROUPS)[number];
export const STATES = ['sent', 'acknowledged', 'accepted', 'inProgress', 'completed', 'declined', 'withdrawn', 'expired', 'interrupted'] as const;

export interface Series {
  key: string;
  name: string;
  /** Requests in each stretch of time; copies beside them, where these can be told apart. */
  requests: number[];
  copies?: number[];
}

interface Names {
  all: string;
  none: string;
  state: Record<(typeof STATES)[number], string>;
}

export const fromsOf = (points: readonly Pick<Point, 'from'>[]): string[] => [...new Set(points.map(({ from }) => from))].sort();

/** What a point or a whole is of. */
export const groupOf = ({ field, province }: Pick<Point, 'field' | 'province'>, none: string): { key: string; name: string } =>
  field ? { key: field.code, name: field.label } : province ? { key: province.code, name: province.name } : { key: '', name: none };

export function seriesOf(points: readonly Point[], grouping: Grouping, names: Names): Series[] {
  const froms = fromsOf(points);
  if (grouping === 'state') {
    return STATES.map((state) => ({ key: state, name: names.state[state], requests: points.map(({ requests }) => requests[state]) }))
      .filter(({ requests }) => requests.some((count) => count > 0));
  }
  const found = new Map<string, Series>();
  for (const point of points) {
    const { key, name } = groupOf(point, grouping === 'none' ? names.all : names.none);
    const series = found.get(key) ?? { key, name, requests: froms.map(() => 0), copies: froms.map(() => 0) };
    const at = froms.indexOf(point.from);
    series.requests[at] = point.requests.total;
    if (series.copies) series.copies[at] = point.replications;
    found.set(key, series);
  }
  const sum = ({ requests }: Series): number => requests.reduce((all, one) => all + one, 0);
  return [...found.values()].filter((one) => grouping === 'none' || sum(one) > 0).sort((a, b) => sum(b) - sum(a));
}

/** Round marks of an axis from 0 to at least the largest: two to five of them. */
export function ticksOf(most: number): number[] {
  const raw = Math.max(1, most) / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(1, [1, 2, 5, 10].map((one) => one * power).find((one) => one >= raw) ?? raw);
  return Array.from({ length: Math.ceil(Math.max(1, most) / step) + 1 }, (_, at) => at * step);
}

/** Which of so many names under an axis are written, each taking so much of the width. */
export const everyOf = (count: number, width: number, each: number): number => Math.max(1, Math.ceil((count * each) / Math.max(1, width)));
