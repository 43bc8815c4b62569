/** Days as fields of dates and addresses have them. */

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether the text is a day of the calendar: `2026-11-24`. */
export const isDay = (text: string | null): text is string => DAY.test(text ?? '') && !Number.isNaN(Date.parse(text ?? ''));

/** The moment at which a day begins in Italy, so many days later. */
export function startOf(day: string, later = 0): string {
  const midnight = new Date(Date.parse(day) + later * 86_400_000);
  const format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: 'Europe/Rome' });
  // Italy changes its clocks at one o'clock of Greenwich: until then the night has one offset.
  return new Date(midnight.getTime() - Number(format.format(midnight)) * 3_600_000).toISOString();
}

/** Today in Italy. */
export const today = (): string => new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: 'Europe/Rome' }).format(new Date());
