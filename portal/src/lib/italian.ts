/** Names of bodies in Italian sentences: "il Comune di Bari", "all’Ambito di Nardò". */
type Word = 'il' | 'a' | 'di' | 'da';

const BEFORE_CONSONANT: Record<Word, string> = { il: 'il ', a: 'al ', di: 'del ', da: 'dal ' };
const BEFORE_VOWEL: Record<Word, string> = { il: 'l’', a: 'all’', di: 'dell’', da: 'dall’' };
const ALONE: Record<Word, string> = { il: '', a: 'a ', di: 'di ', da: 'da ' };

/** The name with its article or preposition; what is neither Comune, Consorzio nor Ambito goes without article. */
export function withArticle(word: Word, name: string): string {
  const forms = /^Ambito\b/.test(name) ? BEFORE_VOWEL : /^(Comune|Consorzio)\b/.test(name) ? BEFORE_CONSONANT : ALONE;
  return forms[word] + name;
}

/** At the beginning of a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * A number, a share or a day with its article or preposition: "il 25 novembre", "dall’8 dicembre", "all’80 %", "lo 0 %".
 * What comes before goes by how the number is read out.
 */
export function withNumber(word: Word, text: string): string {
  const [digits = ''] = /^\d+(?!º)/.exec(text) ?? [];
  if (digits === '0') return { il: 'lo ', a: 'allo ', di: 'dello ', da: 'dallo ' }[word] + text;
  return (/^(1|11|8\d*)$/.test(digits) ? BEFORE_VOWEL : BEFORE_CONSONANT)[word] + text;
}
