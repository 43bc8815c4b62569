/** What somebody looks for, as typed and ticked, and what of it stands in the address. */
import { textToNumber } from '../../../lib/numbers';

export interface Wish {
  /** Plain words. */
  text: string;
  /** Code of a field; empty for any. */
  field: string;
  targets: string[];
  tools: string[];
  funds: string[];
  budget: string;
  staff: string;
  months: string;
  /** Slug of the territory it is for; empty where that is not said. */
  territory: string;
}
export const noWish: Wish = { text: '', field: '', targets: [], tools: [], funds: [], budget: '', staff: '', months: '', territory: '' };

/** Most characters of the words. */
export const LONGEST = 2_000;

/** Names in the address. The words do not stand there: browsers and proxies keep addresses for long. */
const ONE = { field: 'field', budget: 'budget', staff: 'staff', months: 'months', territory: 'for' } as const;
const MANY = { targets: 'target', tools: 'tool', funds: 'fund' } as const;

/** What is in the address takes the place of what was kept; without anything there, all that was kept stays. */
export function withSearch(search: URLSearchParams, kept: Wish): Wish {
  const text = search.get('text') ?? kept.text;
  if (![...Object.values(ONE), ...Object.values(MANY)].some((name) => search.has(name))) return { ...kept, text };
  const next: Wish = { ...noWish, text };
  for (const [name, key] of Object.entries(ONE) as [keyof typeof ONE, string][]) next[name] = search.get(key) ?? '';
  for (const [name, key] of Object.entries(MANY) as [keyof typeof MANY, string][]) next[name] = search.getAll(key);
  return next;
}

/** The changes of the address that make it say what is wished. */
export function toSearch(wish: Wish): Record<string, string | string[] | null> {
  const one = Object.entries(ONE).map(([name, key]) => [key, wish[name as keyof typeof ONE].trim() || null]);
  const many = Object.entries(MANY).map(([name, key]) => [key, wish[name as keyof typeof MANY]]);
  return Object.fromEntries([...one, ...many, ['text', null], ['keep', null]]);
}

/** What the hub is given, and the fields whose number is none. */
export function inputOf(wish: Wish) {
  const wrong: string[] = [];
  const number = (name: string, text: string, whole: boolean): number | null => {
    const value = textToNumber(text, whole);
    if (value === undefined || (value !== null && value < 0)) wrong.push(name);
    return value ?? null;
  };
  const input = {
    text: wish.text.trim() || null,
    field: wish.field || null,
    targets: wish.targets,
    tools: wish.tools,
    funds: wish.funds,
    budgetEur: number('budgetEur', wish.budget, true),
    staffFte: number('staffFte', wish.staff, false),
    months: number('months', wish.months, true),
  };
  return { input, wrong };
}

/** Whether there is enough to look for something. */
export const isSaid = ({ text, field, targets }: Wish): boolean => Boolean(text.trim() || field || targets.length);

/** How many ticks and figures are set beside the words. */
export const countOf = (wish: Wish, names: readonly (keyof Wish)[]): number =>
  names.reduce((sum, name) => sum + (Array.isArray(wish[name]) ? wish[name].length : wish[name] ? 1 : 0), 0);
