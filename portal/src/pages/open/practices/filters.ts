/** The filters of the list of practices, as they stand in the address. */

export const ORDERS = ['NEWEST', 'TITLE', 'UPDATED'] as const;
export type Order = (typeof ORDERS)[number];

/** Most euro one may ask for. */
export const COSTS = [10_000, 30_000, 60_000, 100_000, 200_000] as const;

/** Names in the address whose values are codes of a vocabulary. */
export const GROUPS = ['field', 'target', 'tool'] as const;
export type Group = (typeof GROUPS)[number];

export interface Filters {
  field: string[];
  target: string[];
  tool: string[];
  province: string | null;
  /** Slug of an Ambito. */
  ambito: string | null;
  cost: number | null;
  kit: boolean;
  open: boolean;
  order: Order;
}

/** One filter that is set: what to change in the address to drop it. */
export interface Chip {
  name: keyof Filters;
  value: string;
  /** The query of the address without it. */
  without: Record<string, string | string[] | null>;
}

export function filtersOf(search: URLSearchParams): Filters {
  const cost = Number(search.get('cost'));
  const order = ORDERS.find((one) => one === search.get('order'));
  return {
    field: search.getAll('field'),
    target: search.getAll('target'),
    tool: search.getAll('tool'),
    province: search.get('province'),
    ambito: search.get('ambito'),
    cost: Number.isInteger(cost) && cost > 0 ? cost : null,
    kit: search.get('kit') === '1',
    open: search.get('open') === '1',
    order: order ?? 'NEWEST',
  };
}

/** What the hub is asked; lists that are empty are left out. `ambito` is its id. */
export const asked = (filters: Filters, ambito: string | null) => ({
  fields: filters.field.length ? filters.field : null,
  targets: filters.target.length ? filters.target : null,
  tools: filters.tool.length ? filters.tool : null,
  province: filters.province,
  ambito,
  costAtMost: filters.cost,
  hasKit: filters.kit || null,
  openToRequests: filters.open || null,
});

export function chipsOf(filters: Filters): Chip[] {
  const many = GROUPS.flatMap((name) =>
    filters[name].map((value) => ({ name, value, without: { [name]: filters[name].filter((one) => one !== value) } })),
  );
  const one = (['province', 'ambito', 'cost'] as const).flatMap((name) => {
    const value = filters[name];
    return value === null ? [] : [{ name, value: String(value), without: { [name]: null } }];
  });
  const set = (['kit', 'open'] as const).flatMap((name) => (filters[name] ? [{ name, value: '1', without: { [name]: null } }] : []));
  return [...many, ...one, ...set];
}

/** The address with no filter; the order stays. */
export const CLEAR: Record<string, null> = {
  field: null, target: null, tool: null, province: null, ambito: null, cost: null, kit: null, open: null, shown: null,
};
