/** What the pages of this area ask of the hub: requests, steps. */
import { graphql } from '../../../lib/graphql';
import { RequestWhole } from '../operations';

export const TakeAcknowledge = graphql(`
  mutation TakeAcknowledge($input: AcknowledgeReplicationRequestInput!) {
    taken: acknowledgeReplicationRequest(input: $input) { replicationRequest { ...RequestWhole } userErrors { code field message } }
  }
`, [RequestWhole]);

export const TakeAccept = graphql(`
  mutation TakeAccept($input: AcceptReplicationRequestInput!) {
    taken: acceptReplicationRequest(input: $input) { replicationRequest { ...RequestWhole } userErrors { code field message } }
  }
`, [RequestWhole]);

export const TakeDecline = graphql(`
  mutation TakeDecline($input: DeclineReplicationRequestInput!) {
    taken: declineReplicationRequest(input: $input) { replicationRequest { ...RequestWhole } userErrors { code field message } }
  }
`, [RequestWhole]);

export const TakeExtend = graphql(`
  mutation TakeExtend($input: ExtendReplicationRequestInput!) {
    taken: extendReplicationRequest(input: $input) { replicationRequest { ...RequestWhole } userErrors { code field message } }
  }
`, [RequestWhole]);

export const TakeSendAgain = graphql(`
  mutation TakeSendAgain($input: SendReplicationRequestAgainInput!) {
    taken: sendReplicationRequestAgain(input: $input) { replicationRequest { ...RequestWhole } userErrors { code field message } }
  }
`, [RequestWhole]);

export const TakeRecordAgreement = graphql(`
  mutation TakeRecordAgreement($input: RecordAgreementInput!) {
    taken: recordAgreement(input: $input) { replicationRequest { ...RequestWhole } userErrors { code field message } }
  }
`, [RequestWhole]);

export const TakeStart = graphql(`
  mutation TakeStart($input: StartReplicationInput!) {
    taken: startReplication(input: $input) { replicationRequest { ...RequestWhole } userErrors { code field message } }
  }
`, [RequestWhole]);

export const TakeCheckIn = graphql(`
  mutation TakeCheckIn($input: CheckInReplicationInput!) {
    taken: checkInReplication(input: $input) { replicationRequest { ...RequestWhole } userErrors { code field message } }
  }
`, [RequestWhole]);

export const TakeComplete = graphql(`
  mutation TakeComplete($input: CompleteReplicationRequestInput!) {
    taken: completeReplicationRequest(input: $input) { replicationRequest { ...RequestWhole } userErrors { code field message } }
  }
`, [RequestWhole]);

export const TakeInterrupt = graphql(`
  mutation TakeInterrupt($input: InterruptReplicationInput!) {
    taken: interruptReplication(input: $input) { replicationRequest { ...RequestWhole } userErrors { code field message } }
  }
`, [RequestWhole]);

export const TakeReopen = graphql(`
  mutation TakeReopen($input: ReopenReplicationInput!) {
    taken: reopenReplication(input: $input) { replicationRequest { ...RequestWhole } userErrors { code field message } }
  }
`, [RequestWhole]);

export const TakeConfirmTheOutcome = graphql(`
  mutation TakeConfirmTheOutcome($input: ConfirmOutcomeInput!) {
    taken: confirmOutcome(input: $input) { replicationRequest { ...RequestWhole } userErrors { code field message } }
  }
`, [RequestWhole]);

export const TakeFollowUp = graphql(`
  mutation TakeFollowUp($input: FollowUpReplicationInput!) {
    taken: followUpReplication(input: $input) { replicationRequest { ...RequestWhole } userErrors { code field message } }
  }
`, [RequestWhole]);

export const TakeWithdraw = graphql(`
  mutation TakeWithdraw($input: WithdrawReplicationRequestInput!) {
    taken: withdrawReplicationRequest(input: $input) { replicationRequest { ...RequestWhole } userErrors { code field message } }
  }
`, [RequestWhole]);

export const TakeAnnul = graphql(`
  mutation TakeAnnul($input: AnnulReplicationRequestInput!) {
    taken: annulReplicationRequest(input: $input) { replicationRequest { ...RequestWhole } userErrors { code field message } }
  }
`, [RequestWhole]);

export const TakeDiscard = graphql(`
  mutation TakeDiscard($input: DiscardReplicationRequestInput!) {
    taken: discardReplicationRequest(input: $input) { replicationRequest { ...RequestWhole } userErrors { code field message } }
  }
`, [RequestWhole]);

export const TakeSend = graphql(`
  mutation TakeSend($input: SendReplicationRequestInput!) {
    taken: sendReplicationRequest(input: $input) { replicationRequest { ...RequestWhole } userErrors { code field message } }
  }
`, [RequestWhole]);

/** Who of the owner's contacts can be the mentor. */
export const MentorsOf = graphql(`
  query MentorsOf($owner: ID!) {
    territory(by: { id: $owner }) { id contacts(first: 50) { nodes { id name role } } }
  }
`);

export const ReasonsFor = graphql(`
  query ReasonsFor($scheme: VocabularyScheme!) {
    vocabulary(scheme: $scheme) { code label }
  }
`);
