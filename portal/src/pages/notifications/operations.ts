/** What the pages of this area ask of the hub: notifications. */
import { graphql } from '../../lib/graphql';

/** What leads to the thing. */
export const NotificationAbout = graphql(`
  fragment NotificationAbout on Notification {
    id
    number
    subject {
      __typename
      id
      ... on ReplicationRequest { number isIllustrative }
      ... on Practice { slug badge }
    }
  }
`);

export const NotificationRow = graphql(`
  fragment NotificationRow on Notification {
    ...NotificationAbout
    category
    sentence
    at
    isRead
  }
`, [NotificationAbout]);

export const NotificationList = graphql(`
  query NotificationList($filter: NotificationFilter!, $after: String) {
    viewer {
      notifications(filter: $filter, first: 30, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { ...NotificationRow }
      }
    }
  }
`, [NotificationRow]);

/** Of what is unread, what it is about: to see whether that is being looked at. */
export const UnreadSubjects = graphql(`
  query UnreadSubjects {
    viewer { notifications(filter: { unread: true }, first: 100) { nodes { ...NotificationAbout } } }
  }
`, [NotificationAbout]);

export const MarkNotificationsRead = graphql(`
  mutation MarkNotificationsRead($input: MarkNotificationsReadInput!) {
    markNotificationsRead(input: $input) { unreadNotifications userErrors { code field message } }
  }
`);
