/** What the drawing of the network asks of the hub. */
import { graphql } from '../../../lib/graphql';
import { RequestCountsParts } from '../operations';

export const NetworkPicture = graphql(`
  query NetworkPicture($filter: NetworkFilter) {
    network(filter: $filter) {
      asOf
      isCut
      nodes {
        territory { __typename id slug name fullName province { code name } }
        practicesRun
        requestsSent { total }
        requestsReceived { ...RequestCountsParts }
        given received inDegree outDegree pageRank betweenness community x y
      }
      edges { source target requests { ...RequestCountsParts } replications messages illustrative lastActivity medianDaysToAnswer }
      metrics {
        requests { ...RequestCountsParts }
        replications illustrative reach ambiti reciprocity components largestComponent busiestShare
        busiest { slug fullName }
        waiting { answered lowerQuartileDays medianDays upperQuartileDays }
        survival { months known running share }
        gaps {
          fields { code label }
          unansweredNeeds { id text badge field { label } territory { slug fullName } }
        }
      }
    }
  }
`, [RequestCountsParts]);
