/** What the pages of this area ask of the hub: open, home. */
import { graphql } from '../../../lib/graphql';
import { PracticeCardParts } from '../../../parts/operations';

export const HomePage = graphql(
  `
    query HomePage {
      vocabulary(scheme: FIELD) { code label }
      practices(first: 6) { totalCount nodes { ...PracticeCardParts } }
    }
  `,
  [PracticeCardParts],
);

export const CountOfField = graphql(`
  query CountOfField($field: String!) {
    practices(filter: { fields: [$field] }, first: 1) { totalCount }
  }
`);
