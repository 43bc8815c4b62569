import { expect, test, vi } from 'vitest';
import type { Values } from '../../src/pages/own/editor/fields';

vi.stubGlobal('location', { pathname: '/', search: '', origin: 'http://hub.invalid' });
vi.stubGlobal('document', { documentElement: {} });
vi.stubGlobal('localStorage', { getItem: () => 'it', setItem: () => {} });
const { keyOf, names } = await import('../../src/pages/own/editor/fields');
const { merge } = await import('../../src/pages/own/editor/merge');
const { numberToText, textToNumber } = await import('../../src/lib/numbers');
const { joined } = await import('../../src/pages/own/editor/join');

const texts = Object.fromEntries(names.map((name) => [name, ''])) as unknown as Values;
const form = (change: Partial<Values>): Values => ({
  ...texts, otherFields: [], targets: [], tools: [], funds: [], places: [], coreElements: [], adaptableElements: [], partners: [],
  indicators: [], supportLevels: [], sources: [], supportOpen: false, ...change,
});
const read = (values: Values) => Object.fromEntries(names.map((name) => [name, keyOf(name, values[name])]));
const before = form({ context: 'a', method: 'b' });

test('what only one of the two changed is taken', () => {
  const merged = merge({ mine: { context: 'mine' }, read: read(before), tried: {} }, form({ context: 'a', method: 'theirs' }));
  expect(merged).toEqual({ mine: { context: 'mine' }, conflicts: [], news: ['method'] });
});

test('what both changed is a conflict, and what was typed stays', () => {
  const merged = merge({ mine: { context: 'mine' }, read: read(before), tried: {} }, form({ context: 'theirs', method: 'b' }));
  expect(merged).toEqual({ mine: { context: 'mine' }, conflicts: ['context'], news: [] });
});

test('what was sent and whose answer was lost is no conflict', () => {
  const held = { mine: { context: 'mine and more' }, read: read(before), tried: { context: keyOf('context', 'mine') } };
  expect(merge(held, form({ context: 'mine', method: 'b' })).conflicts).toEqual([]);
});

test('spaces at the end stay under the cursor, and are no change', () => {
  const held = { mine: { context: 'a ' }, read: read(before), tried: { context: keyOf('context', 'a ') } };
  expect(merge(held, before, true).mine).toEqual({ context: 'a ' });
  expect(keyOf('context', 'a ')).toBe(keyOf('context', 'a'));
});

test('numbers are read as they are written here', () => {
  expect(['62.000', '62 000 €', '1.234.567', '1,5', '1.5', '-3', '', 'due', '1,5,2'].map((text) => textToNumber(text)))
    .toEqual([62000, 62000, 1234567, 1.5, 1.5, -3, null, undefined, undefined]);
  expect(textToNumber('62,000', true)).toBe(62000);
  expect(textToNumber('1,5', true)).toBeUndefined();
  for (const value of [0, 7, 1234, 62000, 1234567, 1.5, 0.25, 12345.678]) expect(textToNumber(numberToText(value))).toBe(value);
});

test('two lists are joined without repeating what both have', () => {
  expect(joined('coreElements', ['a', 'b'], ['b', 'c'])).toEqual(['a', 'b', 'c']);
  expect(joined('context', 'mine', 'theirs')).toBe('mine\n\ntheirs');
});
