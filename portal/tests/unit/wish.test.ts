import { expect, test, vi } from 'vitest';

vi.stubGlobal('location', { search: '', pathname: '/' });
vi.stubGlobal('document', { documentElement: {} });
vi.stubGlobal('navigator', { languages: ['it'] });
const { problemsOf } = await import('../../src/pages/finding/wish/check');
const { it: texts } = await import('../../src/pages/finding/wish/texts');
const { known, noWish } = await import('../../src/pages/finding/wish/wish');

const wrong = (change: Partial<typeof noWish>) => problemsOf({ ...noWish, text: 'a', ...change }, texts).map(({ code, field }) => `${code} ${field[0]}`);

test('nothing is wrong with a few words', () => expect(wrong({})).toEqual([]));
test('as many characters as the hub takes, counted as the hub does', () => {
  expect(wrong({ text: ` ${'\u{1F600}'.repeat(2_000)}\n` })).toEqual([]);
  expect(wrong({ text: 'a'.repeat(2_001) })).toEqual(['TOO_LONG text']);
});
test('as many ticks', () => {
  expect(wrong({ tools: Array.from({ length: 20 }, String) })).toEqual([]);
  expect(wrong({ tools: Array.from({ length: 21 }, String), funds: Array.from({ length: 11 }, String) })).toEqual(['TOO_MANY tools', 'TOO_MANY funds']);
});
test('numbers within what the hub takes', () => {
  expect(wrong({ budget: '1000000000', staff: '0,5', months: '240' })).toEqual([]);
  expect(wrong({ budget: '1000000001', staff: 'due', months: '1,5' })).toEqual(['INVALID budgetEur', 'INVALID staffFte', 'INVALID months']);
  expect(wrong({ budget: '-1' })).toEqual(['INVALID budgetEur']);
});
test('codes that are in no vocabulary are dropped', () => {
  const terms = { fields: [{ code: 'F' }], targets: [{ code: 'T' }], tools: [], funds: [] };
  expect(known({ ...noWish, field: 'X', targets: ['T', 'U'], tools: ['V'] }, terms)).toEqual({ ...noWish, targets: ['T'] });
  const fine = { ...noWish, field: 'F' };
  expect(known(fine, terms)).toBe(fine);
});
