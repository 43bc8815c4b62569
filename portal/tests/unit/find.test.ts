import { describe, expect, test } from 'vitest';
import { isSearch, listed, narrowed, wishOf, type Row } from '../../src/pages/open/territories/find';

const common = { population: 1, practicesCount: 0, province: { code: 'LE', name: 'Lecce' } };
const ambito: Row = { __typename: 'Ambito', id: '1', slug: 'ambito-nardo', fullName: 'Ambito di Nardò', ...common };
const comune: Row = { __typename: 'Comune', id: '2', slug: 'nardo', fullName: 'Comune di Nardò', ambito: { name: 'Nardò' }, ...common };
const wish = (search: string) => wishOf(new URLSearchParams(search));
const kept = (search: string) => narrowed([ambito, comune], wish(search)).rows;

describe('of those found by name', () => {
  test('all, in their order', () => expect(kept('q=nardo')).toEqual([ambito, comune]));
  test('those of the kind', () => expect(kept('q=nardo&kind=COMUNE')).toEqual([comune]));
  test('those of the province', () => expect(kept('q=nardo&province=BA')).toEqual([]));
  test('there may be others where the hub found as many as it gives', () => {
    expect(narrowed([ambito, comune], wish('q=nardo')).mayBeMore).toBe(false);
    const many = Array.from({ length: 20 }, () => comune);
    expect(narrowed(many, wish('q=san&kind=AMBITO'))).toEqual({ rows: [], mayBeMore: true });
  });
});

test('one letter is nothing to look for yet', () => expect(['', 'q=n', 'q=%20n%20', 'q=na'].map((search) => isSearch(wish(search)))).toEqual([false, false, false, true]));

test('without words only what the filters want is asked for', () => {
  expect(listed(wish(''))).toEqual({ province: null, withAmbiti: true, withComuni: true });
  expect(listed(wish('kind=AMBITO&province=LE'))).toEqual({ province: 'LE', withAmbiti: true, withComuni: false });
  expect(listed(wish('kind=nonsense'))).toEqual({ province: null, withAmbiti: true, withComuni: true });
});
