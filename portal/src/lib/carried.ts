/** The words of a need on their way to the form of a request, also where one signs in between. */
import { draft } from './draft.svelte';

const KEY = 'carried-words';

/** Leaves them for the form that opens next with `words=1` in its address. */
export const carry = (words: string): void => { draft(KEY, '').value = words; };

/** Those that were left; empty where there are none. */
export const carried = (): string => draft(KEY, '', true).value;
