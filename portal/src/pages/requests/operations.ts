/** What the pages of this area ask of the hub: requests. */
import { graphql } from '../../lib/graphql';
import { LetterPart } from '../../parts/letters/operations';

export const RequestRow = graphql(`
  fragment RequestRow on ReplicationRequest {
    id number state stateSince awaiting supportLevel updatedAt isIllustrative
    practice { id slug title badge }
    requester { id slug fullName }
    owner { id slug fullName }
    deadlines { kind dueAt party overdue }
    conversation { id unreadCount }
  }
`);

export const RequestWhole = graphql(`
  fragment RequestWhole on ReplicationRequest {
    id number version state stateSince awaiting supportLevel need wishedStart firstDate startedOn pausedUntil
    isIllustrative createdAt updatedAt sentAt viewerActions
    practice {
      id slug title badge coreElements
      indicators { code name unit baseline value }
      supportOffer { levels }
    }
    requester { id slug fullName }
    owner { id slug fullName }
    kitWanted { id title link text { html } document { id name url } kind { label } phase { label } }
    mentor { id name role email phone viewerCanSeeAddress }
    agreement { kind actNumber actDate protocolNumber }
    outcome {
      result startedOn endedOn coreElementsKept changes hoursGiven hoursSpent setupCostEur yearlyCostEur
      indicators { code baseline value }
      obstacles lessons satisfaction viewerCanSeeSatisfaction
    }
    confirmation { verdict note at }
    followUps { months vitality note at }
    copy { id slug title status }
    alternatives { id slug title badge owner { id fullName } }
    deadlines { kind dueAt party overdue }
    timeline {
      version step from to party at text
      actor { id name }
      onBehalfOf { id fullName }
      reason { label }
      letters { ...LetterPart }
    }
    conversation { id }
  }
`, [LetterPart]);

export const RequestList = graphql(`
  query RequestList($filter: ReplicationRequestFilter, $after: String) {
    replicationRequests(filter: $filter, first: 20, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { ...RequestRow }
    }
  }
`, [RequestRow]);

export const RequestByNumber = graphql(`
  query RequestByNumber($number: String!) {
    replicationRequest(by: { number: $number }) { ...RequestWhole }
  }
`, [RequestWhole]);

/** What one must know of a practice before asking for it. */
export const AskedPractice = graphql(`
  query AskedPractice($slug: String!) {
    practice(by: { slug: $slug }) {
      id slug title badge viewerActions
      owner { id slug fullName }
      supportOffer { levels capacity openRequests isOpen takesRequests }
      kit { id title kind { label } phase { code label } }
    }
  }
`);

/** The open request, draft or sent, of a territory for a practice: there is at most one. */
export const OpenRequest = graphql(`
  query OpenRequest($practice: ID!, $territory: ID!) {
    replicationRequests(
      filter: {
        practice: $practice, territory: $territory, direction: SENT
        states: [DRAFT, SENT, ACKNOWLEDGED, ACCEPTED, IN_PROGRESS]
      }
      first: 1
    ) {
      nodes { id number version state need supportLevel wishedStart kitWanted { id } }
    }
  }
`);

export const DraftRequest = graphql(`
  mutation DraftRequest($input: DraftReplicationRequestInput!) {
    made: draftReplicationRequest(input: $input) {
      replicationRequest { id number version }
      userErrors { code field message }
    }
  }
`);

export const UpdateRequest = graphql(`
  mutation UpdateRequest($input: UpdateReplicationRequestInput!) {
    made: updateReplicationRequest(input: $input) {
      replicationRequest { id number version }
      userErrors { code field message }
    }
  }
`);

export const SendRequest = graphql(`
  mutation SendRequest($input: SendReplicationRequestInput!) {
    made: sendReplicationRequest(input: $input) {
      replicationRequest { id number version }
      userErrors { code field message }
    }
  }
`);
