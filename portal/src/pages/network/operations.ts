/** What all pages of the network ask of the hub. */
import { graphql } from '../../lib/graphql';

export const NetworkFields = graphql(`query NetworkFields { vocabulary(scheme: FIELD) { code label } }`);

export const RequestCountsParts = graphql(`
  fragment RequestCountsParts on RequestCounts { total sent acknowledged accepted inProgress completed declined withdrawn expired interrupted }
`);
