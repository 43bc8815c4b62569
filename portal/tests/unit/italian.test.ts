import { expect, test } from 'vitest';
import { capital, withArticle } from '../../src/lib/italian';

test.each([
  ['il', 'Comune di Bari', 'il Comune di Bari'],
  ['a', 'Ambito di Nardò', 'all’Ambito di Nardò'],
  ['di', 'Consorzio per l’integrazione', 'del Consorzio per l’integrazione'],
  ['da', 'Ambito di Troia', 'dall’Ambito di Troia'],
  ['a', 'ANCI Puglia', 'a ANCI Puglia'],
] as const)('%s + %s', (word, name, expected) => expect(withArticle(word, name)).toBe(expected));

test('a sentence begins with a capital', () => expect(capital(withArticle('il', 'Ambito di Nardò'))).toBe('L’Ambito di Nardò'));
