/** The two tables of the series: each point, and the whole period. */
import { month } from '../../../lib/format';
import type { Column, Table } from '../../../parts/data/table';
import { groupOf, STATES, type Grouping, type Point, type Waiting, type Whole } from './series';
import type { it } from './texts';

type Texts = typeof it;
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const waits = <Row extends { waiting: Waiting }>(t: Texts): Column<Row>[] => [
  { key: 'answered', name: t.head.answered, value: ({ waiting }) => waiting.answered },
  { key: 'lower_quartile_days', name: t.head.low, value: ({ waiting }) => waiting.lowerQuartileDays },
  { key: 'median_days', name: t.head.median, value: ({ waiting }) => waiting.medianDays },
  { key: 'upper_quartile_days', name: t.head.high, value: ({ waiting }) => waiting.upperQuartileDays },
];

const groups = <Row extends Pick<Point, 'field' | 'province'>>(grouping: Grouping, t: Texts, whole = false): Column<Row>[] =>
  grouping === 'field' || grouping === 'province'
    ? [
        { key: grouping, name: t.groups[grouping], value: (row) => groupOf(row, t.none).name },
        { key: `${grouping}_code`, name: '', value: (row) => groupOf(row, '').key || null },
      ]
    : whole ? [{ key: 'group', name: t.head.group, value: () => t.all }] : [];

/** All columns, those for files too, which have no name on the page. */
export function pointsOf(points: readonly Point[], grouping: Grouping, states: Record<(typeof STATES)[number], string>, t: Texts): Table<Point> {
  const columns: Column<Point>[] = [
    { key: 'from', name: t.head.from, short: true, value: ({ from }) => from, show: ({ from }) => month(from) },
    ...groups<Point>(grouping, t),
    { key: 'requests', name: t.head.requests, value: ({ requests }) => requests.total },
    ...STATES.map((state): Column<Point> => ({ key: snake(state), name: grouping === 'state' ? states[state] : '', value: ({ requests }) => requests[state] })),
    { key: 'copies', name: t.head.copies, value: ({ replications }) => replications },
    { key: 'messages', name: t.head.messages, value: ({ messages }) => messages },
    ...waits<Point>(t),
    { key: 'illustrative', name: t.head.illustrative, value: ({ illustrative }) => illustrative },
  ];
  return { file: 'points', name: t.pointsTable, columns, rows: points };
}

export function wholeOf(whole: readonly Whole[], grouping: Grouping, t: Texts): Table<Whole> {
  const at = (row: Whole, months: number) => row.survival.find((one) => one.months === months);
  const columns: Column<Whole>[] = [
    ...groups<Whole>(grouping, t, true),
    { key: 'requests', name: t.head.requests, value: ({ requests }) => requests.total },
    { key: 'copies', name: t.head.copies, value: ({ replications }) => replications },
    ...waits<Whole>(t),
    { key: 'known_at_6_months', name: t.head.known6, value: (row) => at(row, 6)?.known ?? null },
    { key: 'running_at_6_months', name: t.head.six, value: (row) => at(row, 6)?.running ?? null },
    { key: 'known_at_12_months', name: t.head.known12, value: (row) => at(row, 12)?.known ?? null },
    { key: 'running_at_12_months', name: t.head.twelve, value: (row) => at(row, 12)?.running ?? null },
    { key: 'illustrative', name: t.head.illustrative, value: ({ illustrative }) => illustrative },
  ];
  return { file: 'whole', name: t.wholeTable, columns, rows: whole };
}

/** What of a table stands on the page. */
export const onPage = <Row>(table: Table<Row>): Table<Row> => ({ ...table, columns: table.columns.filter(({ name }) => name) });
