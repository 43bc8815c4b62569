/** What the search by a described need asks of the hub. */
import { graphql } from '../../../lib/graphql';
import { MatchParts } from '../match/operations';

export const MatchNeed = graphql(
  `
    query MatchNeed($need: NeedInput!, $first: Int!) {
      match(need: $need, first: $first) { ...MatchParts }
    }
  `,
  [MatchParts],
);

export const SuggestedPractices = graphql(
  `
    query SuggestedPractices($slug: String!) {
      territory(by: { slug: $slug }) { suggestedPractices(first: 3) { ...MatchParts } }
    }
  `,
  [MatchParts],
);
