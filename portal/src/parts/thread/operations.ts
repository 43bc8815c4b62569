/** What a conversation asks of the hub. */
import { graphql } from '../../lib/graphql';
import { LetterPart } from '../letters/operations';

export const ThreadMessage = graphql(`
  fragment ThreadMessage on Message {
    id position sentAt retractedAt viaEmail viewerActions
    author { id name }
    onBehalfOf { id fullName }
    body { html }
    letters { ...LetterPart }
  }
`, [LetterPart]);

export const ThreadPage = graphql(`
  query ThreadPage($id: ID!, $before: String) {
    node(id: $id) {
      __typename
      ... on Conversation {
        id subject unreadCount viewerActions
        parties { id slug fullName }
        about {
          __typename
          ... on Practice { id slug title }
          ... on Need { id text }
          ... on ReplicationRequest { id number isIllustrative practice { id title } }
        }
        messages(last: 30, before: $before) {
          pageInfo { hasPreviousPage startCursor }
          nodes { ...ThreadMessage }
        }
      }
    }
  }
`, [ThreadMessage]);

export const PostMessage = graphql(`
  mutation PostMessage($input: PostMessageInput!) {
    postMessage(input: $input) {
      message { ...ThreadMessage }
      userErrors { code field message }
    }
  }
`, [ThreadMessage]);

export const RetractMessage = graphql(`
  mutation RetractMessage($message: ID!) {
    retractMessage(input: { message: $message }) {
      message { ...ThreadMessage }
      userErrors { code field message }
    }
  }
`, [ThreadMessage]);

export const MarkRead = graphql(`
  mutation MarkRead($conversation: ID!, $upTo: Int!) {
    markConversationRead(input: { conversation: $conversation, upTo: $upTo }) {
      conversation { id unreadCount }
      userErrors { code field message }
    }
  }
`);
