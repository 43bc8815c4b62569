import { describe, expect, test } from 'vitest';
import { found, listOf, plain } from '../../src/pages/open/territories/find';

const province = { code: 'LE', name: 'Lecce' };
const common = { population: 1, practicesCount: 0, province };
const list = listOf([
  {
    __typename: 'Ambito', id: '1', slug: 'ambito-nardo', name: 'Nardò', fullName: 'Ambito di Nardò', aliases: ['LE 3'], ...common,
    comuni: [{ __typename: 'Comune', id: '2', slug: 'nardo', name: 'Nardò', fullName: 'Comune di Nardò', aliases: [], ...common }],
  },
]);
const hits = (text: string, kind: string | null = null, code: string | null = null) =>
  found(list, { text, kind, province: code }).map(({ slug }) => slug);

describe('a territory is found', () => {
  test('the Ambito before the Comune of the same name', () => expect(hits('')).toEqual(['ambito-nardo', 'nardo']));
  test('without accents and by a part', () => expect(hits('nard')).toHaveLength(2));
  test('by another name', () => expect(hits('le-3')).toEqual(['ambito-nardo']));
  test('by kind and province', () => {
    expect(hits('', 'COMUNE')).toEqual(['nardo']);
    expect(hits('', null, 'BA')).toEqual([]);
  });
  test('not by what it is not called', () => expect(hits('bitonto')).toEqual([]));
});

test('plain', () => expect(plain("  Sant'Agàta ")).toBe('sant agata'));
