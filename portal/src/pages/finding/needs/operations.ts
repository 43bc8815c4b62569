/** What the pages of needs ask of the hub. */
import { graphql } from '../../../lib/graphql';
import { MatchParts } from '../match/operations';

export const NeedParts = graphql(`
  fragment NeedParts on Need {
    id version state text badge watching createdAt closedAt closedBecause closingNote viewerActions
    territory { id slug fullName province { code name } }
    field { code label }
    targets { code label }
    tools { code label }
    funds { code label }
    budgetEur staffFte months
  }
`);

export const NeedsBoard = graphql(
  `
    query NeedsBoard($filter: NeedFilter, $after: String) {
      needs(filter: $filter, first: 20, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { ...NeedParts } }
    }
  `,
  [NeedParts],
);

export const NeedTerms = graphql(`
  query NeedTerms {
    fields: vocabulary(scheme: FIELD) { code label }
    targets: vocabulary(scheme: TARGET) { code label }
  }
`);

/** Others' needs that a territory's practices answer. */
export const NeedsWeCanHelp = graphql(
  `
    query NeedsWeCanHelp($slug: String!) {
      territory(by: { slug: $slug }) {
        needsWeCanHelp(first: 100) {
          nodes { score foundAt practice { id slug title } need { ...NeedParts } }
        }
      }
    }
  `,
  [NeedParts],
);

export const NeedPage = graphql(
  `
    query NeedPage($id: ID!) {
      node(id: $id) { __typename ... on Need { ...NeedParts } }
    }
  `,
  [NeedParts],
);

/** What answers a need: for the members of the territory that looks. */
export const NeedMatches = graphql(
  `
    query NeedMatches($id: ID!, $first: Int!) {
      node(id: $id) {
        __typename
        ... on Need {
          matches(first: $first) { ...MatchParts }
          standingMatches(first: 10) { totalCount nodes { score foundAt practice { id slug title badge owner { fullName } } } }
        }
      }
    }
  `,
  [MatchParts],
);

export const OwnNeeds = graphql(
  `
    query OwnNeeds($slug: String!) {
      territory(by: { slug: $slug }) {
        open: needs(states: [OPEN], first: 50) { nodes { ...NeedParts } }
        closed: needs(states: [CLOSED], first: 50) { totalCount nodes { ...NeedParts } }
      }
    }
  `,
  [NeedParts],
);

export const PostNeed = graphql(`
  mutation PostNeed($input: PostNeedInput!) { postNeed(input: $input) { need { id } userErrors { code field message } } }
`);

export const UpdateNeed = graphql(
  `
    mutation UpdateNeed($input: UpdateNeedInput!) { updateNeed(input: $input) { need { ...NeedParts } userErrors { code field message } } }
  `,
  [NeedParts],
);

export const CloseNeed = graphql(
  `
    mutation CloseNeed($input: CloseNeedInput!) { closeNeed(input: $input) { need { ...NeedParts } userErrors { code field message } } }
  `,
  [NeedParts],
);

export const WatchNeed = graphql(
  `
    mutation WatchNeed($need: ID!) { watchNeed(input: { need: $need }) { need { ...NeedParts } userErrors { code field message } } }
  `,
  [NeedParts],
);

export const UnwatchNeed = graphql(
  `
    mutation UnwatchNeed($need: ID!) { unwatchNeed(input: { need: $need }) { need { ...NeedParts } userErrors { code field message } } }
  `,
  [NeedParts],
);
