import { describe, expect, test, vi } from 'vitest';
import type { Written } from '../../src/pages/requests/steps/outcome';
import type { Whole } from '../../src/pages/requests/turn';

vi.stubGlobal('location', { search: '' });
vi.stubGlobal('document', { documentElement: {} });
vi.stubGlobal('localStorage', { getItem: () => 'it', setItem: () => {} });
const { inputOf, missing } = await import('../../src/pages/requests/steps/outcome');
const { language } = await import('../../src/lib/language.svelte');

const practice = { coreElements: ['assemblies', 'partners'], indicators: [{ code: 'people_served' }, { code: 'hours' }] };
const request = (state: string) => ({ state, practice }) as unknown as Whole;
const written = (more: Partial<Written>): Written => ({ lines: {}, left: [], indicators: {}, ...more });

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

  test('a number is read as one writes it in the language of the page; hours are whole', () => {
    const read = (value: string) => inputOf(request('IN_PROGRESS'), written({ lines: { hoursSpent: value }, indicators: { hours: { value } } }));
    expect(read('1.234').input).toMatchObject({ hoursSpent: 1234, indicators: [{ value: 1234 }] });
    expect(read('12,5')).toMatchObject({ input: { indicators: [{ value: 12.5 }] }, wrong: ['hoursSpent'] });
    language.current = 'en';
    expect(read('1,234').input).toMatchObject({ hoursSpent: 1234, indicators: [{ value: 1234 }] });
    language.current = 'it';
  });

  test('after documents only there are three fields', () => {
    const { input } = inputOf(request('ACCEPTED'), written({ lines: { result: 'FULL', lessons: 'All clear.', satisfaction: '4' } }));
    expect(input).toEqual({ result: 'FULL', lessons: 'All clear.', satisfaction: 4 });
    expect(missing(request('ACCEPTED'), written({}), '').map(({ field }) => field[0])).toEqual(['result', 'lessons', 'satisfaction']);
  });
});
