import { describe, expect, test } from 'vitest';
import { barsOf, changeOf } from '../../src/pages/open/practice/bars';

describe('the bars of an indicator', () => {
  test('share one scale, the larger one longest', () => {
    const { before, after } = barsOf({ unit: 'persone', baseline: 50, value: 200 });
    expect((before.length ?? 0) * 4).toBeCloseTo(after.length ?? 0);
    expect(after.length).toBeLessThan(1);
  });

  test('of percentages go up to a hundred', () => {
    const { after } = barsOf({ unit: '%', baseline: 10, value: 50 });
    expect(after.length).toBeCloseTo((barsOf({ unit: '%', baseline: null, value: 100 }).after.length ?? 0) / 2);
  });

  test('that nobody measured are none, not zero', () => {
    expect(barsOf({ unit: 'ore', baseline: null, value: 3 }).before).toEqual({ length: null, value: null });
    expect(barsOf({ unit: 'ore', baseline: 0, value: 0 }).after).toEqual({ length: 0, value: 0 });
  });

  test.each([
    [50, 75, 0.5],
    [50, 25, -0.5],
    [0, 5, null],
    [null, 5, null],
    [5, null, null],
  ])('from %s to %s changes by %s', (baseline, value, change) => {
    expect(changeOf({ unit: '', baseline, value })).toBe(change);
  });
});
