/** What a search found, in one shape however it was asked, and the values of the filters with what each would give. */
import type { ResultOf } from '../../../lib/graphql';
import { MANY, type Filters } from './filters';
import type { FilterTerms, SearchMore, SearchPage } from './operations';

export type Answer = ResultOf<typeof SearchPage>;
type More = ResultOf<typeof SearchMore>;
type Hits = NonNullable<Answer['search']['hits']>;
export type Hit = Hits['nodes'][number];
type Facets = Answer['search']['facets'];
export type Terms = ResultOf<typeof FilterTerms> | undefined;

export interface Option {
  value: string;
  label: string;
  count: number;
}

/** The practices of an answer, with the end of the page. */
export function hitsOf({ search, practices }: More | Answer): Pick<Hits, 'nodes' | 'pageInfo'> {
  if (practices) return { pageInfo: practices.pageInfo, nodes: practices.nodes.map((practice) => ({ practice, passages: [] })) };
  return search?.hits ?? { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
}

/** An answer with the next page at its end. */
export function joined(answer: Answer, more: More): Answer {
  const next = hitsOf(more);
  const nodes = [...hitsOf(answer).nodes, ...next.nodes];
  return { search: { ...answer.search, hits: { nodes, pageInfo: next.pageInfo } } };
}

const terms = (counts: Facets['fields']): Option[] => counts.map(({ count, term }) => ({ value: term.code, label: term.label, count }));

/** The values of each filter that would give something. */
export const optionsOf = (facets: Facets) => ({
  field: terms(facets.fields),
  target: terms(facets.targets),
  tool: terms(facets.tools),
  fund: terms(facets.funds),
  area: terms(facets.areaClasses),
  province: facets.provinces.map(({ count, province }) => ({ value: province.code, label: province.name, count })),
});
export type Options = ReturnType<typeof optionsOf>;

/** Which vocabulary's value has no name yet: it was chosen, but gives nothing. */
export const isNameless = (filters: Filters, options: Options | undefined): boolean =>
  options !== undefined &&
  (MANY.some((name) => filters[name].some((code) => !options[name].some(({ value }) => value === code))) ||
    (filters.area !== null && !options.area.some(({ value }) => value === filters.area)));

/** The name of a value of a vocabulary; its code where nobody knows it. */
export const labelOf = (name: keyof Options, value: string, options: Options | undefined, known: Terms): string =>
  options?.[name].find((option) => option.value === value)?.label ??
  (name === 'province' ? undefined : known?.[name].find(({ code }) => code === value)?.label) ??
  value;

/** Values in the order in which they were first seen, so that nothing moves under the hand; those chosen stay at zero. */
export function steady(seen: string[], options: readonly Option[], chosen: readonly string[], labelOf: (value: string) => string): Option[] {
  const missing = chosen.filter((value) => !options.some((option) => option.value === value));
  const all = [...options, ...missing.map((value) => ({ value, label: labelOf(value), count: 0 }))];
  for (const { value } of all) if (!seen.includes(value)) seen.push(value);
  return all.sort((a, b) => seen.indexOf(a.value) - seen.indexOf(b.value));
}
