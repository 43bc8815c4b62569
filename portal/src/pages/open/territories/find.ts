/** What is looked for among the territories, as the address says it, and what of that the page itself has to see to. */
import type { ResultOf, VariablesOf } from '../../../lib/graphql';
import type { TerritoriesCalled, TerritoriesPage } from './operations';

export type Row = ResultOf<typeof TerritoriesCalled>['search']['territories'][number];
export type Kind = 'AMBITO' | 'COMUNE';

export interface Wish {
  text: string;
  kind: Kind | null;
  province: string | null;
}

/** As many as the hub finds by name: there may be more where it found so many. */
const MOST = 20;
/** Letters from which on there is something to look for. */
const LEAST = 2;

export function wishOf(search: URLSearchParams): Wish {
  const kind = search.get('kind');
  return {
    text: (search.get('q') ?? '').trim(),
    kind: kind === 'AMBITO' || kind === 'COMUNE' ? kind : null,
    province: search.get('province'),
  };
}

export const isSearch = ({ text }: Wish): boolean => text.length >= LEAST;

/** What the list without words is to hold; a later page holds Comuni only. */
export const listed = ({ kind, province }: Omit<Wish, 'text'>, isFirst = true): Omit<VariablesOf<typeof TerritoriesPage>, 'after'> => ({
  province,
  withAmbiti: kind !== 'COMUNE' && isFirst,
  withComuni: kind !== 'AMBITO',
});

/** Of those found by name, the ones of the kind and province that are wanted; and whether there may be others. */
export function narrowed(rows: readonly Row[], { kind, province }: Omit<Wish, 'text'>): { rows: Row[]; mayBeMore: boolean } {
  const fits = (row: Row) => (!kind || row.__typename.toUpperCase() === kind) && (!province || row.province.code === province);
  return { rows: rows.filter(fits), mayBeMore: rows.length >= MOST };
}
