/** What the pages of this area ask of the hub: staff. */
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
  query OpenRequests($filter: ReplicationRequestFilter!, $after: String) {
    replicationRequests(orderBy: WAITING, filter: $filter, first: 20, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id number state awaiting awaitingSince isIllustrative
        requester { id slug fullName }
        owner { id slug fullName }
        practice { title }
        deadlines { kind dueAt party overdue }
      }
    }
  }
`);
