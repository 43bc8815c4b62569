import { graphql } from '../../lib/graphql';
import { ConversationRow } from '../conversations/operations';
import { RequestRow } from '../requests/operations';

/** What waits for one territory. */
export const TerritoryTasks = graphql(`
  query TerritoryTasks($territory: ID!) {
    received: replicationRequests(filter: { territory: $territory, direction: RECEIVED, awaiting: OWNER }, first: 50) {
      nodes { ...RequestRow }
    }
    sent: replicationRequests(
      filter: { territory: $territory, direction: SENT, awaiting: REQUESTER, states: [ACKNOWLEDGED, ACCEPTED, IN_PROGRESS] }
      first: 50
    ) {
      nodes { ...RequestRow }
    }
    again: replicationRequests(filter: { territory: $territory, direction: SENT, states: [EXPIRED] }, first: 10) {
      nodes { ...RequestRow }
    }
    drafts: replicationRequests(filter: { territory: $territory, direction: SENT, states: [DRAFT] }, first: 20) {
      nodes { ...RequestRow }
    }
    territory(by: { id: $territory }) {
      id
      practices(status: DRAFT, first: 50) {
        nodes { id slug title badge updatedAt reviewNote { html } }
      }
    }
  }
`, [RequestRow]);

export const UnreadTalks = graphql(`
  query UnreadTalks {
    viewerConversations(first: 50) { nodes { ...ConversationRow } }
  }
`, [ConversationRow]);

/** For who helps both sides: the open requests, of which some are late. */
export const LateRequests = graphql(`
  query LateRequests {
    replicationRequests(filter: { states: [SENT, ACKNOWLEDGED, ACCEPTED, IN_PROGRESS, COMPLETED] }, first: 100) {
      nodes { ...RequestRow }
    }
  }
`, [RequestRow]);
