/** What the pages of this area ask of the hub: open. */
import { graphql } from '../../lib/graphql';

export const AmbitiOfMap = graphql(`
  query AmbitiOfMap {
    territories(filter: { kind: AMBITO }, first: 100) {
      nodes {
        id
        slug
        name
        practicesCount
        ... on Ambito { comuni { id practicesCount } }
      }
    }
  }
`);
