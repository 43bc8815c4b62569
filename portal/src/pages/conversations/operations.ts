/** What the pages of this area ask of the hub: conversations. */
import { graphql } from '../../lib/graphql';

export const ConversationRow = graphql(`
  fragment ConversationRow on Conversation {
    id subject unreadCount messagesCount lastMessageAt
    parties { id slug fullName }
    about {
      __typename
      ... on Practice { id slug title }
      ... on ReplicationRequest { id number isIllustrative }
    }
    lastMessage { id author { id name } onBehalfOf { id fullName } retractedAt body { source } }
  }
`);

export const ConversationList = graphql(`
  query ConversationList($after: String) {
    viewerConversations(first: 30, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { ...ConversationRow }
    }
  }
`, [ConversationRow]);

/** Whom one writes to, and about what. */
export const Addressee = graphql(`
  query Addressee($to: String!, $practice: String!, $aboutPractice: Boolean!, $need: ID!, $aboutNeed: Boolean!) {
    territory(by: { slug: $to }) { id slug fullName }
    practice(by: { slug: $practice }) @include(if: $aboutPractice) { id slug title badge }
    node(id: $need) @include(if: $aboutNeed) { __typename ... on Need { id text badge } }
  }
`);

export const StartConversation = graphql(`
  mutation StartConversation($input: StartConversationInput!) {
    startConversation(input: $input) {
      conversation { id }
      userErrors { code field message }
    }
  }
`);
