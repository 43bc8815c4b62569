/** Tables of data: one description of the columns serves what is shown, how it is sorted, and what is downloaded. */

export type Cell = string | number | boolean | null;

export interface Column<Row> {
  /** Name in the address and at the head of the downloaded column: `requests_sent`. */
  key: string;
  /** What stands above it on the page. */
  name: string;
  value: (row: Row) => Cell;
  /** How the page writes it, where not as it is. */
  show?: (row: Row) => string;
  href?: (row: Row) => string | null;
  /** Whether it stays on one line and takes no more room than that: days, codes. */
  short?: boolean;
  /** A key whose value sorts it, where its own does not. */
  by?: (row: Row) => Cell;
}

/** A table that can be downloaded: all its rows, in their order. */
export interface Table<Row> {
  /** End of the file's name: `territories`. */
  file: string;
  name: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
}

/** Of a table, what a list of tables needs to know; its rows are known to itself alone. */
export interface Filled {
  file: string;
  name: string;
  heads: readonly string[];
  lines: readonly (readonly Cell[])[];
}

export const filled = <Row>({ file, name, columns, rows }: Table<Row>): Filled => ({
  file,
  name,
  heads: columns.map(({ key }) => key),
  lines: rows.map((row) => columns.map(({ value }) => value(row))),
});

/** `given` or `-given` as it stands in an address: by which column, and whether the largest comes first. */
export function sortOf(text: string | null, fallback: string): { key: string; down: boolean } {
  const sort = text || fallback;
  return sort.startsWith('-') ? { key: sort.slice(1), down: true } : { key: sort, down: false };
}

/** The rows by a column; what has no value comes last either way, what is equal stays in its order. */
export function sorted<Row>(rows: readonly Row[], columns: readonly Column<Row>[], { key, down }: { key: string; down: boolean }): readonly Row[] {
  const column = columns.find((one) => one.key === key);
  if (!column) return rows;
  const of = column.by ?? column.value;
  const compare = (a: Cell, b: Cell): number =>
    typeof a === 'string' && typeof b === 'string' ? a.localeCompare(b, 'it', { numeric: true }) : Number(a) - Number(b);
  return [...rows].sort((one, other) => {
    const [a, b] = [of(one), of(other)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return down ? compare(b, a) : compare(a, b);
  });
}
