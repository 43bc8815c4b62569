/** What of a wish must be mended before the hub is asked. */
import type { UserError } from '../../../lib/refusals';
import type { en } from './texts';
import { charactersOf, inputOf, isSaid, LONGEST, MOST_TICKS, type Wish } from './wish';

export function problemsOf(wish: Wish, texts: typeof en): UserError[] {
  const many = (Object.keys(MOST_TICKS) as (keyof typeof MOST_TICKS)[]).filter((name) => wish[name].length > MOST_TICKS[name]);
  return [
    ...(isSaid(wish) ? [] : [{ code: 'REQUIRED', field: ['text'], message: texts.needed }]),
    ...(charactersOf(wish.text) > LONGEST ? [{ code: 'TOO_LONG', field: ['text'], message: texts.tooLong(LONGEST) }] : []),
    ...many.map((name) => ({ code: 'TOO_MANY', field: [name], message: texts.tooMany(MOST_TICKS[name]) })),
    ...inputOf(wish).wrong.map((name) => ({ code: 'INVALID', field: [name], message: texts.noNumber[name] })),
  ];
}
