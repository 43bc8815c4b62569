/** Tables as files: CSV that no spreadsheet takes for formulas, JSON; each says whose data it is and how it may be used. */
import type { Cell, Filled } from './table';

export const LICENCE = 'CC BY 4.0';
export const LICENCE_URL = 'https://creativecommons.org/licenses/by/4.0/';

export interface Origin {
  /** Whom to name: `Innesto, https://…, read on 2026-11-25`. */
  attribution: string;
  /** When it was read. */
  asOf: string;
}

/** A cell as RFC 4180 has it; a text that a spreadsheet would reckon out begins with an apostrophe. */
function cell(value: Cell): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(value.trimStart()) || /^[\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Separated by commas, in UTF-8 with the mark that tells spreadsheets so; licence and attribution in each line. */
export function csvOf({ heads, lines }: Pick<Filled, 'heads' | 'lines'>, { attribution }: Pick<Origin, 'attribution'>): string {
  const all: readonly Cell[][] = [[...heads, 'licence', 'attribution'], ...lines.map((line) => [...line, LICENCE, attribution])];
  return `\uFEFF${all.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}

export function jsonOf({ file, heads, lines }: Pick<Filled, 'file' | 'heads' | 'lines'>, { attribution, asOf }: Origin): string {
  const rows = lines.map((line) => Object.fromEntries(heads.map((head, at) => [head, line[at] ?? null])));
  return `${JSON.stringify({ table: file, licence: LICENCE, licenceUrl: LICENCE_URL, attribution, asOf, rows }, null, 2)}\n`;
}

/** Gives the browser a file to keep. */
export function save(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it up by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
