import { graphql } from '../../lib/graphql';

const ToReview = graphql(`
  fragment ToReview on Practice {
    id slug title version badge updatedAt viewerActions
    owner { fullName province { code } }
    field { label }
  }
`);

export const Reviews = graphql(`
  query Reviews {
    practices(filter: { status: UNDER_REVIEW }, orderBy: UPDATED, last: 100) { totalCount nodes { ...ToReview } }
  }
`, [ToReview]);

export const OpenRequests = graphql(`
  query OpenRequests($awaiting: Awaiting, $states: [ReplicationRequestState!]!, $before: String) {
    replicationRequests(filter: { awaiting: $awaiting, states: $states }, last: 50, before: $before) {
      totalCount
      pageInfo { hasPreviousPage startCursor }
      nodes {
        id number state stateSince updatedAt awaiting isIllustrative
        requester { fullName }
        owner { fullName }
        practice { title badge }
        deadlines { kind dueAt party overdue }
      }
    }
  }
`);
