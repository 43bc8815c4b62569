import { describe, expect, test } from 'vitest';
import { asked, chipsOf, filtersOf } from '../../src/pages/open/practices/filters';

describe('the filters in the address', () => {
  test('are read as they were written', () => {
    const filters = filtersOf(new URLSearchParams('field=A&field=B&cost=30000&kit=1&order=TITLE&province=BA'));
    expect(filters).toMatchObject({ field: ['A', 'B'], cost: 30_000, kit: true, open: false, order: 'TITLE', province: 'BA' });
    expect(asked(filters, null)).toEqual({
      fields: ['A', 'B'], targets: null, tools: null, province: 'BA', ambito: null, costAtMost: 30_000, hasKit: true, openToRequests: null,
    });
  });

  test('that make no sense are none', () => {
    expect(filtersOf(new URLSearchParams('cost=much&order=WORST&kit=yes'))).toMatchObject({ cost: null, order: 'NEWEST', kit: false });
  });

  test('have each a way to drop it', () => {
    const chips = chipsOf(filtersOf(new URLSearchParams('tool=X&tool=Y&open=1')));
    expect(chips).toEqual([
      { name: 'tool', value: 'X', without: { tool: ['Y'] } },
      { name: 'tool', value: 'Y', without: { tool: ['X'] } },
      { name: 'open', value: '1', without: { open: null } },
    ]);
  });
});
