/** What the search asks of the hub: finding, search. */
import { graphql } from '../../../lib/graphql';
import { PracticeCardParts } from '../../../parts/operations';

const HitParts = graphql(
  `
    fragment HitParts on SearchHit {
      passages(first: 2) { part pieces { text isMatch } }
      practice { ...PracticeCardParts }
    }
  `,
  [PracticeCardParts],
);

const TermCounts = graphql(`
  fragment TermCounts on TermCount { count term { code label } }
`);

/** What is found and what the filters would give. `sorted` lists in an order of one's own, where there are no words. */
export const SearchPage = graphql(
  `
    query SearchPage($text: String!, $filter: PracticeFilter, $orderBy: PracticeOrder!, $sorted: Boolean!, $first: Int!) {
      search(query: $text, filter: $filter) {
        totalCount
        suggestion
        isBuilding
        territories(first: 4) { id slug fullName practicesCount }
        facets {
          fields { ...TermCounts }
          targets { ...TermCounts }
          tools { ...TermCounts }
          funds { ...TermCounts }
          areaClasses { ...TermCounts }
          provinces { count province { code name } }
          evidence { count atLeast }
          costs { count atMost }
          hasKit { yes }
          openToRequests { yes }
        }
        hits(first: $first) @skip(if: $sorted) { nodes { ...HitParts } pageInfo { hasNextPage endCursor } }
      }
      practices(filter: $filter, orderBy: $orderBy, first: $first) @include(if: $sorted) {
        nodes { ...PracticeCardParts }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  [HitParts, TermCounts, PracticeCardParts],
);

/** What comes after. */
export const SearchMore = graphql(
  `
    query SearchMore($text: String!, $filter: PracticeFilter, $orderBy: PracticeOrder!, $sorted: Boolean!, $first: Int!, $after: String!) {
      search(query: $text, filter: $filter) @skip(if: $sorted) {
        hits(first: $first, after: $after) { nodes { ...HitParts } pageInfo { hasNextPage endCursor } }
      }
      practices(filter: $filter, orderBy: $orderBy, first: $first, after: $after) @include(if: $sorted) {
        nodes { ...PracticeCardParts }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  [HitParts, PracticeCardParts],
);

/** How many would be found: for what dropping a filter gives. */
export const SearchCount = graphql(`
  query SearchCount($text: String!, $filter: PracticeFilter) {
    search(query: $text, filter: $filter) { totalCount }
  }
`);

/** Whose practices were found, for the map. */
export const SearchOwners = graphql(`
  query SearchOwners($text: String!, $filter: PracticeFilter) {
    search(query: $text, filter: $filter) {
      hits(first: 100) {
        totalCount
        nodes { practice { id owner { __typename id name ... on Comune { ambito { name } } } } }
      }
    }
  }
`);

export const AmbitiNames = graphql(`
  query AmbitiNames {
    territories(filter: { kind: AMBITO }, first: 100) { nodes { id slug name } }
  }
`);

/** Names of what is chosen but gives nothing, so that no answer names it. */
export const FilterTerms = graphql(`
  query FilterTerms {
    field: vocabulary(scheme: FIELD) { code label }
    target: vocabulary(scheme: TARGET) { code label }
    tool: vocabulary(scheme: TOOL) { code label }
    fund: vocabulary(scheme: FUND) { code label }
    area: vocabulary(scheme: AREA_CLASS) { code label }
  }
`);
