/** Dates, amounts and numbers as one writes them in the language in use. */
import { language } from './language.svelte';

const locale = () => (language.current === 'en' ? 'en-GB' : 'it-IT');
const ROME = 'Europe/Rome';

/** `24 novembre 2026`, `1º dicembre 2026`, of an instant or a day. */
export function day(value: string): string {
  const text = new Intl.DateTimeFormat(locale(), { dateStyle: 'long', timeZone: value.length > 10 ? ROME : 'UTC' }).format(new Date(value));
  return language.current === 'it' ? text.replace(/^1 /, '1º ') : text;
}

/** `24 nov 2026, 18:05`. */
export const moment = (value: string): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short', timeZone: ROME }).format(new Date(value));

/** `novembre 2026`, of `2026-11`. */
export const month = (value: string): string =>
  new Intl.DateTimeFormat(locale(), { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${value}-01`));

/** `62.000 €`. */
export const euro = (value: number): string =>
  new Intl.NumberFormat(locale(), { style: 'currency', currency: 'EUR', maximumFractionDigits: 0, useGrouping: 'always' } as Intl.NumberFormatOptions).format(value);

/** `1.234,5`. */
export const number = (value: number, digits = 1): string =>
  new Intl.NumberFormat(locale(), { maximumFractionDigits: digits, useGrouping: 'always' } as Intl.NumberFormatOptions).format(value);

/** `72 %`, of 0.72. */
export const share = (value: number): string =>
  new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 0 }).format(value);

/** `fra 3 giorni`, `2 ore fa`. */
export function fromNow(value: string, now: number = Date.now()): string {
  const minutes = (new Date(value).getTime() - now) / 60_000;
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' });
  if (Math.abs(minutes) < 60) return format.format(Math.round(minutes), 'minute');
  if (Math.abs(minutes) < 48 * 60) return format.format(Math.round(minutes / 60), 'hour');
  return format.format(Math.round(minutes / 60 / 24), 'day');
}

/** `18:05`. */
export const time = (value: string): string =>
  new Intl.DateTimeFormat(locale(), { timeStyle: 'short', timeZone: ROME }).format(new Date(value));

/** `1,2 MB`, of bytes. */
export const size = (bytes: number): string =>
  bytes < 1_000_000
    ? `${new Intl.NumberFormat(locale(), { maximumFractionDigits: 0 }).format(Math.ceil(bytes / 1_000))} kB`
    : `${new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(bytes / 1_000_000)} MB`;
