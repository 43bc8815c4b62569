/** What the frame asks of the hub: how much waits, for the menu and the bell. */
import { graphql } from '../lib/graphql';

/** How much waits: for the numbers in the menu and at the bell. What is unread is counted in messages, so it is not among the tasks. */
export const Waiting = graphql(`
  query Waiting {
    viewerTasks(kinds: [REQUEST_TURN, REQUEST_STUCK, PRACTICE_RETURNED, PRACTICE_TO_REVIEW], first: 1) { totalCount }
    viewer {
      memberships { territory { id viewerUnreadMessages } }
      unreadNotifications
      notifications(first: 1) { nodes { id } }
    }
  }
`);
