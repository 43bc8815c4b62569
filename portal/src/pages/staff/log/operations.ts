/** What the pages of this area ask of the hub: staff, log. */
import { graphql } from '../../../lib/graphql';

export const LogPage = graphql(`
  query LogPage($filter: AuditFilter!, $after: String) {
    auditLog(filter: $filter, first: 30, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        seq at kind sentence
        actor { id name }
        territory { slug fullName }
        subjectId
        subject {
          __typename
          ... on Practice { slug title }
          ... on ReplicationRequest { number }
          ... on Comune { slug fullName }
          ... on Ambito { slug fullName }
        }
      }
    }
  }
`);
