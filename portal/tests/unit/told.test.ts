import { expect, test } from 'vitest';
import { sorted } from '../../src/pages/finding/match/told';

const told = (...codes: string[]) => codes.map((code) => ({ code, sentence: code }));
const parts = (values: Record<string, number | null>) => Object.entries(values).map(([code, value]) => ({ code, value }));
const codes = (match: Parameters<typeof sorted<string>>[0]) => {
  const { reasons, cautions } = sorted(match);
  return [reasons.map(({ code }) => code), cautions.map(({ code }) => code)];
};

test('what fits well is a reason, what lacks is to be minded', () =>
  expect(codes({ reasons: told('a', 'b'), cautions: told('c'), parts: parts({ a: 1, b: 0.6, c: 0 }) })).toEqual([['a', 'b'], ['c']]));
test('what is both is said once, where it belongs', () =>
  expect(codes({ reasons: told('a', 'b'), cautions: told('b', 'a'), parts: parts({ a: 0.8, b: 0.6 }) })).toEqual([['a'], ['b']]));
test('what fits badly is no reason, however much it counts', () =>
  expect(codes({ reasons: told('a'), cautions: told('b'), parts: parts({ a: 0.37, b: 0.1 }) })).toEqual([[], ['b', 'a']]));
