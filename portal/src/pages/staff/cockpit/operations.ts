/** What the cockpit of those who run the hub asks: only what the viewer may see is counted. */
import { graphql } from '../../../lib/graphql';

const Waits = graphql(`
  fragment Waits on ReplicationRequest {
    id number state awaiting awaitingSince isIllustrative
    requester { id slug fullName }
    owner { id slug fullName }
    practice { title }
    deadlines { kind dueAt party overdue }
  }
`);

export const CockpitPage = graphql(`
  query CockpitPage($steward: Boolean!) {
    all: replicationRequests(filter: {}, orderBy: WAITING, first: 5) { totalCount nodes { ...Waits } }
    owner: replicationRequests(filter: { awaiting: OWNER }, first: 1) { totalCount }
    requester: replicationRequests(filter: { awaiting: REQUESTER }, first: 1) { totalCount }
    overdue: replicationRequests(filter: { overdue: true }, first: 1) { totalCount }
    more7: replicationRequests(filter: { waitingMoreThanDays: 7 }, first: 1) { totalCount }
    more14: replicationRequests(filter: { waitingMoreThanDays: 14 }, first: 1) { totalCount }
    more30: replicationRequests(filter: { waitingMoreThanDays: 30 }, first: 1) { totalCount }
    more60: replicationRequests(filter: { waitingMoreThanDays: 60 }, first: 1) { totalCount }
    reviews: practices(filter: { status: UNDER_REVIEW }, first: 1) { totalCount }
    viewerTasks(first: 1) { totalCount }
    failed: mailLog(filter: { states: [FAILED] }, first: 1) @include(if: $steward) { totalCount }
    suppressedAddresses(first: 1) @include(if: $steward) { totalCount }
    network(filter: { level: ROLLED_UP }) {
      asOf
      nodes {
        territory { id slug fullName province { code } }
        practicesRun
        requestsReceived { total sent acknowledged accepted inProgress }
      }
      metrics {
        reach ambiti illustrative replications busiestShare
        requests { total completed }
        busiest { slug fullName }
        waiting { medianDays }
        gaps {
          fields { code label }
          unansweredNeeds { id text badge field { label } territory { slug fullName } }
        }
      }
    }
  }
`, [Waits]);
