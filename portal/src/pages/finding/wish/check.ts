/** What of a wish must be mended before the hub is asked. */
import type { UserError } from '../../../lib/refusals';
import type { en } from './texts';
import { inputOf, isSaid, type Wish } from './wish';

export function problemsOf(wish: Wish, texts: typeof en): UserError[] {
  const missing = isSaid(wish) ? [] : [{ code: 'REQUIRED', field: ['text'], message: texts.needed }];
  return [...missing, ...inputOf(wish).wrong.map((name) => ({ code: 'INVALID', field: [name], message: texts.noNumber }))];
}
