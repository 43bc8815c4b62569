/** Days of the log begin when they begin in Italy. */
import { expect, test, vi } from 'vitest';
import { isDay, startOf, today } from '../../src/lib/days';

test('a day begins at midnight in Italy, in winter, in summer and when the clocks change', () => {
  expect(startOf('2026-11-24')).toBe('2026-11-23T23:00:00.000Z');
  expect(startOf('2026-07-01')).toBe('2026-06-30T22:00:00.000Z');
  expect(startOf('2026-03-29')).toBe('2026-03-28T23:00:00.000Z');
  expect(startOf('2026-03-29', 1)).toBe('2026-03-29T22:00:00.000Z');
});

test('only days of the calendar are days', () => {
  expect(['2026-11-24', '2026-13-01', '24/11/2026', '', null].map(isDay)).toEqual([true, false, false, false, false]);
});

test('today is the day in Italy, also in the hours when Greenwich is a day behind', () => {
  vi.useFakeTimers({ now: Date.parse('2026-11-24T23:30:00Z') });
  expect(today()).toBe('2026-11-25');
  vi.useRealTimers();
});
