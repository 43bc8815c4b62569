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
    query NeedsWeCanHelp($slug: String!, $after: String) {
      territory(by: { slug: $slug }) {
        needsWeCanHelp(first: 50, after: $after) {
          pageInfo { hasNextPage endCursor }
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

/** What answers a need, for everybody: without the reasons, which speak to the territory that looks. */
export const NeedAnswers = graphql(`
  query NeedAnswers($id: ID!) {
    node(id: $id) {
      __typename
      ... on Need { id matches(first: 5) { score practice { id slug title badge owner { id fullName } } } }
    }
  }
`);

/** What was found for a need since it was posted: for the members of the territory that looks. */
export const NeedStanding = graphql(`
  query NeedStanding($id: ID!, $after: String) {
    node(id: $id) {
      __typename
      ... on Need {
        id
        standingMatches(first: 10, after: $after) {
          pageInfo { hasNextPage endCursor }
          nodes { score foundAt practice { id slug title badge owner { id fullName } } }
        }
      }
    }
  }
`);

/** What answers a need now, and why: for the members of the territory that looks. */
export const NeedMatches = graphql(
  `
    query NeedMatches($id: ID!, $first: Int!) {
      node(id: $id) {
        __typename
        ... on Need {
          matches(first: $first) { ...MatchParts }
        }
      }
    }
  `,
  [MatchParts],
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
