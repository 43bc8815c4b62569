/** What the map of who takes part asks of the hub. */
import { graphql } from '../../../lib/graphql';

export const NetworkReach = graphql(`
  query NetworkReach($filter: NetworkFilter) {
    network(filter: $filter) {
      asOf
      nodes { territory { id } practicesRun requestsSent { total } requestsReceived { total } given received }
      metrics { reach ambiti illustrative requests { total completed } replications }
    }
    territories(filter: { kind: AMBITO }, first: 100) { nodes { id slug name fullName population province { code name } } }
  }
`);
