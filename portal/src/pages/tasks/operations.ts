/** What the pages of this area ask of the hub: tasks. */
import { graphql } from '../../lib/graphql';
import { ConversationRow } from '../conversations/operations';
import { RequestRow } from '../requests/operations';

export const TaskRow = graphql(`
  fragment TaskRow on Task {
    kind dueAt overdue since
    territory { id slug fullName }
    subject {
      __typename
      id
      ... on ReplicationRequest { ...RequestRow }
      ... on Conversation { ...ConversationRow }
      ... on Practice { id slug title badge reviewNote { html } }
      ... on Comune { slug fullName }
      ... on Ambito { slug fullName }
    }
  }
`, [RequestRow, ConversationRow]);

/** What waits for the viewer in all its territories and roles, by deadline. */
export const Tasks = graphql(`
  query Tasks($after: String) {
    viewerTasks(first: 50, after: $after) { pageInfo { hasNextPage endCursor } nodes { ...TaskRow } }
  }
`, [TaskRow]);

/** Requests that got no answer in time, and may be sent again. */
export const ExpiredRequests = graphql(`
  query ExpiredRequests {
    replicationRequests(filter: { states: [EXPIRED] }, first: 20) { nodes { ...RequestRow } }
  }
`, [RequestRow]);
