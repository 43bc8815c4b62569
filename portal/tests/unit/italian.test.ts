import { expect, test } from 'vitest';
import { capital, withArticle, withNumber } from '../../src/lib/italian';

test.each([
  ['il', 'Comune di Bari', 'il Comune di Bari'],
  ['a', 'Ambito di Nardò', 'all’Ambito di Nardò'],
  ['di', 'Consorzio per l’integrazione', 'del Consorzio per l’integrazione'],
  ['da', 'Ambito di Troia', 'dall’Ambito di Troia'],
  ['a', 'ANCI Puglia', 'a ANCI Puglia'],
] as const)('%s + %s', (word, name, expected) => expect(withArticle(word, name)).toBe(expected));

test('a sentence begins with a capital', () => expect(capital(withArticle('il', 'Ambito di Nardò'))).toBe('L’Ambito di Nardò'));

test.each([
  ['il', '25 novembre 2026', 'il 25 novembre 2026'],
  ['da', '8 dicembre 2026', 'dall’8 dicembre 2026'],
  ['a', '11 marzo', 'all’11 marzo'],
  ['di', '1º aprile', 'del 1º aprile'],
  ['a', '60 %', 'al 60 %'],
  ['a', '85 %', 'all’85 %'],
  ['il', '18 %', 'il 18 %'],
  ['il', '0 %', 'lo 0 %'],
  ['a', '100 %', 'al 100 %'],
] as const)('%s + %s', (word, text, expected) => expect(withNumber(word, text)).toBe(expected));
