/** Words of a need on their way to another page: to the form of a request, also where one signs in between, or to that of a need. */
import { draft } from './draft.svelte';

const KEY = 'carried-words';
/** Most characters of words that stand in an address: so many can be sent on, and browsers and proxies take them. */
const MOST = 300;
const CUT = '…';

/** Leaves them for the form that opens next with `words=1` in its address, or with their beginning. */
export const carry = (words: string): void => { draft(KEY, '').value = words; };

/** Those that were left; empty where there are none. */
export const carried = (): string => draft(KEY, '', true).value;

/** Words as they stand in an address: long ones only with their beginning, up to the end of a word. */
export function inAddress(words: string): string {
  const letters = [...words];
  if (letters.length <= MOST) return words;
  const begun = letters.slice(0, MOST).join('');
  return begun.slice(0, begun.search(/\s+\S*$/) + 1 || undefined).trimEnd() + CUT;
}

/** Leaves what an address would not hold of the words, for the page that it leads to. */
export const carryRest = (words: string): void => { if (inAddress(words) !== words) carry(words); };

/** The whole of what an address says, where it was carried along; else as much as the address has. */
export function fromAddress(words: string): string {
  const whole = carried();
  return words.endsWith(CUT) && whole.startsWith(words.slice(0, -CUT.length)) ? whole : words;
}
