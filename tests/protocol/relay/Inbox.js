// The conversations of one's territories, the messages of one of them, and a message written into it.
import { graphql } from "react-relay";

export const query = graphql`
  query InboxQuery($count: Int = 20, $cursor: String) {
    viewerConversations(first: $count, after: $cursor) @connection(key: "Inbox_viewerConversations") {
      edges {
        node {
          id
          subject
          unreadCount
          ...Inbox_messages
        }
      }
    }
  }
`;

export const messages = graphql`
  fragment Inbox_messages on Conversation
  @argumentDefinitions(count: { type: "Int", defaultValue: 50 }, cursor: { type: "String" })
  @refetchable(queryName: "InboxMessagesPaginationQuery") {
    messages(last: $count, before: $cursor) @connection(key: "Inbox_messages") {
      edges {
        node {
          position
          author {
            name
          }
          body {
            html
          }
        }
      }
    }
  }
`;

export const write = graphql`
  mutation InboxPostMessageMutation($input: PostMessageInput!, $connections: [ID!]!) {
    postMessage(input: $input) {
      message @appendNode(connections: $connections, edgeTypeName: "MessageEdge") {
        id
        sentAt
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;
