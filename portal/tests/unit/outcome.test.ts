import { describe, expect, test } from 'vitest';
import { inputOf, missing, numberOf, type Written } from '../../src/pages/requests/steps/outcome';
import type { Whole } from '../../src/pages/requests/turn';

const practice = { coreElements: ['assemblies', 'partners'], indicators: [{ code: 'people_served' }, { code: 'hours' }] };
const request = (state: string) => ({ state, practice }) as unknown as Whole;
const written = (more: Partial<Written>): Written => ({ lines: {}, left: [], indicators: {}, ...more });

test.each([['1.234,5', 1234.5], ['1.234', 1234], ['12.5', 12.5], ['12,5', 12.5], ['1 200', 1200], ['-3', -3]])('%s', (text, value) =>
  expect(numberOf(text)).toBe(value));

describe('the input', () => {
  test('core elements are kept unless unticked; what was not measured is left out', () => {
    const { input, wrong } = inputOf(request('IN_PROGRESS'), written({ left: ['partners'], indicators: { hours: { value: '1.200' } } }));
    expect(wrong).toEqual([]);
    expect(input).toMatchObject({ coreElementsKept: ['assemblies'], indicators: [{ code: 'hours', value: 1200 }] });
  });

  test('what is no number, and a before without an after, are said', () => {
    const { wrong } = inputOf(request('IN_PROGRESS'), written({ lines: { hoursSpent: 'many' }, indicators: { hours: { baseline: '3' } } }));
    expect(wrong).toEqual(['hours-value', 'hoursSpent']);
  });

  test('after documents only there are three fields', () => {
    const { input } = inputOf(request('ACCEPTED'), written({ lines: { result: 'FULL', lessons: 'All clear.', satisfaction: '4' } }));
    expect(input).toEqual({ result: 'FULL', lessons: 'All clear.', satisfaction: 4 });
    expect(missing(request('ACCEPTED'), written({}), '').map(({ field }) => field[0])).toEqual(['result', 'lessons', 'satisfaction']);
  });
});
