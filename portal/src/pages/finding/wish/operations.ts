/** What one ticks in a wish. */
import { graphql } from '../../../lib/graphql';

export const WishTerms = graphql(`
  query WishTerms {
    fields: vocabulary(scheme: FIELD) { code label }
    targets: vocabulary(scheme: TARGET) { code label }
    tools: vocabulary(scheme: TOOL) { code label }
    funds: vocabulary(scheme: FUND) { code label }
  }
`);

/** For who is not signed in: the Ambiti to choose one's own from. */
export const WishPlaces = graphql(`
  query WishPlaces {
    territories(filter: { kind: AMBITO }, first: 100) { nodes { id slug name fullName } }
  }
`);
