/** What the pages of this area ask of the hub: open, practices. */
import { graphql } from '../../../lib/graphql';
import { PracticeCardParts } from '../../../parts/operations';

export const PracticesPage = graphql(
  `
    query PracticesPage($filter: PracticeFilter, $orderBy: PracticeOrder!, $first: Int!, $after: String) {
      practices(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { ...PracticeCardParts }
      }
    }
  `,
  [PracticeCardParts],
);

export const FilterTerms = graphql(`
  query FilterTerms {
    field: vocabulary(scheme: FIELD) { code label }
    target: vocabulary(scheme: TARGET) { code label }
    tool: vocabulary(scheme: TOOL) { code label }
  }
`);
