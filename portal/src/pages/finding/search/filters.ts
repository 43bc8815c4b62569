/** What is looked for, as it stands in the address: words and filters. */

/** Orders of the list where no words are typed; with words those that fit best come first. */
export const ORDERS = ['NEWEST', 'TITLE', 'UPDATED'] as const;
export type Order = (typeof ORDERS)[number];

/** Names in the address whose values are codes of a vocabulary, several at once. */
export const MANY = ['field', 'target', 'tool', 'fund'] as const;
/** Names whose value is one at a time. */
export const ONE = ['province', 'ambito', 'area', 'evidence', 'cost'] as const;
/** Names that are set or not. */
export const SET = ['kit', 'open'] as const;

export interface Filters {
  field: string[];
  target: string[];
  tool: string[];
  fund: string[];
  province: string | null;
  /** Slug of an Ambito. */
  ambito: string | null;
  /** Code of a class of area. */
  area: string | null;
  /** Least level of evidence. */
  evidence: number | null;
  /** Most euro. */
  cost: number | null;
  kit: boolean;
  open: boolean;
}

export type Changes = Record<string, string | string[] | null>;

/** One filter that is set, or the words: what to change in the address to drop it. */
export interface Chip {
  name: keyof Filters | 'q';
  value: string;
  /** The query of the address without it. */
  without: Changes;
}

const wholeOf = (text: string | null, most: number): number | null => {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 && value <= most ? value : null;
};

export const filtersOf = (search: URLSearchParams): Filters => ({
  field: search.getAll('field'),
  target: search.getAll('target'),
  tool: search.getAll('tool'),
  fund: search.getAll('fund'),
  province: search.get('province'),
  ambito: search.get('ambito'),
  area: search.get('area'),
  evidence: wholeOf(search.get('evidence'), 4),
  cost: wholeOf(search.get('cost'), 2_000_000_000),
  kit: search.get('kit') === '1',
  open: search.get('open') === '1',
});

export const orderOf = (search: URLSearchParams): Order => ORDERS.find((one) => one === search.get('order')) ?? 'NEWEST';

/** What the hub is asked; what is not set is left out. `ambito` is its id. */
export const asked = (filters: Filters, ambito: string | null) => ({
  fields: filters.field.length ? filters.field : null,
  targets: filters.target.length ? filters.target : null,
  tools: filters.tool.length ? filters.tool : null,
  funds: filters.fund.length ? filters.fund : null,
  province: filters.province,
  ambito,
  areaClass: filters.area,
  evidenceAtLeast: filters.evidence,
  costAtMost: filters.cost,
  hasKit: filters.kit || null,
  openToRequests: filters.open || null,
});

export function chipsOf(filters: Filters): Chip[] {
  const many = MANY.flatMap((name) =>
    filters[name].map((value) => ({ name, value, without: { [name]: filters[name].filter((one) => one !== value) } })),
  );
  const one = ONE.flatMap((name) => {
    const value = filters[name];
    return value === null ? [] : [{ name, value: String(value), without: { [name]: null } }];
  });
  const set = SET.flatMap((name) => (filters[name] ? [{ name, value: '1', without: { [name]: null } }] : []));
  return [...many, ...one, ...set];
}

/** The filters as they would be after a change of the address. */
export function after(search: URLSearchParams, changes: Changes): Filters {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    for (const one of value === null ? [] : [value].flat()) next.append(name, one);
  }
  return filtersOf(next);
}

/** The address with no filter; words, order and view stay. */
export const CLEAR: Record<string, null> = Object.fromEntries([...MANY, ...ONE, ...SET, 'shown'].map((name) => [name, null]));
