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

/** What the hub takes at most: characters of the words, ticks of a group, and each number. */
export const LONGEST = 2_000;
export const MOST_TICKS = { targets: 15, tools: 20, funds: 10 } as const;
const MOST = { budgetEur: 1_000_000_000, staffFte: 1_000, months: 240 } as const;

/** Characters as the hub counts them. */
export const charactersOf = (text: string): number => [...text.trim()].length;

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

/** What the hub is given, and the fields whose number is none, or one that the hub does not take. */
export function inputOf(wish: Wish) {
  const wrong: (keyof typeof MOST)[] = [];
  const number = (name: keyof typeof MOST, text: string, whole: boolean): number | null => {
    const value = textToNumber(text, whole);
    if (value === undefined || (value !== null && (value < 0 || value > MOST[name]))) wrong.push(name);
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

type Terms = Record<'fields' | 'targets' | 'tools' | 'funds', readonly { code: string }[]>;

/** The wish without codes that are in no vocabulary, or no longer: old addresses and drafts have some. The same where all are known. */
export function known(wish: Wish, terms: Terms): Wish {
  const inThe = (list: keyof Terms) => (code: string) => terms[list].some((term) => term.code === code);
  const next = {
    ...wish,
    field: inThe('fields')(wish.field) ? wish.field : '',
    targets: wish.targets.filter(inThe('targets')),
    tools: wish.tools.filter(inThe('tools')),
    funds: wish.funds.filter(inThe('funds')),
  };
  return JSON.stringify(next) === JSON.stringify(wish) ? wish : next;
}

/** How many ticks and figures are set beside the words. */
export const countOf = (wish: Wish, names: readonly (keyof Wish)[]): number =>
  names.reduce((sum, name) => sum + (Array.isArray(wish[name]) ? wish[name].length : wish[name] ? 1 : 0), 0);
