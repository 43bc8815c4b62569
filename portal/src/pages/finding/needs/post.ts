/** Posting a need, once however often one tries; and a need as the form has it. */
import { ask } from '../../../lib/ask';
import type { FragmentOf } from '../../../lib/graphql';
import { numberToText } from '../../../lib/numbers';
import { keyOfInput } from '../../../lib/once';
import { inputOf, type Wish } from '../wish/wish';
import { PostNeed, type NeedParts } from './operations';

export type Need = FragmentOf<typeof NeedParts>;

/** The poster of one form. */
export function poster() {
  const keyOf = keyOfInput();
  return async (territory: string, wish: Wish, confirmNoPersonalData: boolean) => {
    const input = { ...inputOf(wish).input, territory, confirmNoPersonalData };
    const { postNeed } = await ask(PostNeed, { input: { ...input, idempotencyKey: keyOf(input) } });
    return postNeed;
  };
}

const typed = (value: number | null): string => (value === null ? '' : numberToText(value));

export const wishOf = (need: Need): Wish => ({
  text: need.text,
  field: need.field?.code ?? '',
  targets: need.targets.map(({ code }) => code),
  tools: need.tools.map(({ code }) => code),
  funds: need.funds.map(({ code }) => code),
  budget: typed(need.budgetEur),
  staff: typed(need.staffFte),
  months: typed(need.months),
  territory: need.territory.slug,
});

export const addressOf = (need: { id: string }): string => `/needs/${encodeURIComponent(need.id)}`;
