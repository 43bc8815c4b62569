/** What the pages about letters ask of the hub. */
import { graphql } from '../../../lib/graphql';

export const MailPage = graphql(`
  query MailPage($filter: MailLogFilter, $after: String) {
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

export const SuspendedPart = graphql(`
  fragment SuspendedPart on SuppressedAddress { id address reason said failures since lastFailureAt }
`);

export const SuspendedPage = graphql(`
  query SuspendedPage($after: String) {
    suppressedAddresses(first: 30, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { ...SuspendedPart }
    }
  }
`, [SuspendedPart]);

export const WriteAgain = graphql(`
  mutation WriteAgain($address: ID!) {
    liftAddressSuppression(input: { address: $address }) {
      suppressedAddress { id address }
      userErrors { code field message }
    }
  }
`);
