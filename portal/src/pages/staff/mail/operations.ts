/** What the pages of this area ask of the hub: staff, mail. */
import { graphql } from '../../../lib/graphql';

export const MailLogPage = graphql(`
  query MailLogPage($filter: MailLogFilter!, $after: String) {
    mailLog(filter: $filter, first: 30, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        messageId letter state sentence reason attempts recipientKind maskedAddress queuedAt
        territory { slug fullName }
      }
    }
  }
`);

export const AddressPage = graphql(`
  query AddressPage($after: String) {
    suppressedAddresses(first: 30, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { id address reason said failures since lastFailureAt }
    }
  }
`);

export const LiftAddress = graphql(`
  mutation LiftAddress($address: ID!) {
    liftAddressSuppression(input: { address: $address }) {
      suppressedAddress { id address }
      userErrors { code field message }
    }
  }
`);
