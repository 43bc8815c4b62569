/** What the frame asks of the hub: how much waits, for the menu. */
import { graphql } from '../lib/graphql';

/** How much waits for a territory: for the numbers in the menu. */
export const Waiting = graphql(`
  query Waiting($territory: ID!) {
    territory(by: { id: $territory }) { id viewerUnreadMessages }
    received: replicationRequests(filter: { territory: $territory, direction: RECEIVED, awaiting: OWNER }, first: 1) { totalCount }
    sent: replicationRequests(
      filter: { territory: $territory, direction: SENT, awaiting: REQUESTER, states: [ACKNOWLEDGED, ACCEPTED, IN_PROGRESS] }
      first: 1
    ) { totalCount }
  }
`);
