import { describe, expect, test } from 'vitest';
import { after, asked, chipsOf, filtersOf, orderOf } from '../../src/pages/finding/search/filters';
import { steady } from '../../src/pages/finding/search/found';

describe('the filters in the address', () => {
  test('are read as they were written', () => {
    const search = new URLSearchParams('field=A&field=B&cost=30000&kit=1&order=TITLE&province=BA&evidence=2&area=D&fund=F');
    const filters = filtersOf(search);
    expect(filters).toMatchObject({ field: ['A', 'B'], cost: 30_000, kit: true, open: false, province: 'BA', evidence: 2, area: 'D' });
    expect(orderOf(search)).toBe('TITLE');
    expect(asked(filters, null)).toEqual({
      fields: ['A', 'B'], targets: null, tools: null, funds: ['F'], province: 'BA', ambito: null, areaClass: 'D',
      evidenceAtLeast: 2, costAtMost: 30_000, hasKit: true, openToRequests: null,
    });
  });

  test('that make no sense are none', () => {
    const search = new URLSearchParams('cost=much&order=WORST&kit=yes&evidence=9');
    expect(filtersOf(search)).toMatchObject({ cost: null, kit: false, evidence: null });
    expect(orderOf(search)).toBe('NEWEST');
  });

  test('have each a way to drop it', () => {
    const search = new URLSearchParams('tool=X&tool=Y&open=1');
    const chips = chipsOf(filtersOf(search));
    expect(chips).toEqual([
      { name: 'tool', value: 'X', without: { tool: ['Y'] } },
      { name: 'tool', value: 'Y', without: { tool: ['X'] } },
      { name: 'open', value: '1', without: { open: null } },
    ]);
    expect(chips.map(({ without }) => after(search, without))).toMatchObject([
      { tool: ['Y'], open: true }, { tool: ['X'], open: true }, { tool: ['X', 'Y'], open: false },
    ]);
  });
});

test('the values of a filter keep their places when the counts change, and a chosen one stays at zero', () => {
  const seen: string[] = [];
  const option = (value: string, count: number) => ({ value, label: value.toLowerCase(), count });
  expect(steady(seen, [option('A', 9), option('B', 5), option('C', 1)], [], String).map(({ value }) => value)).toEqual(['A', 'B', 'C']);
  expect(steady(seen, [option('C', 7), option('A', 2)], ['B'], (value) => `«${value}»`)).toEqual([
    option('A', 2), { value: 'B', label: '«B»', count: 0 }, option('C', 7),
  ]);
});
