/** The letters of the hub, grouped as a steward looks for them, and the other words that the list is narrowed by. */
import type { Enum } from '../../../lib/graphql';

export type Letter = Enum<'MailLetter'>;
export type State = Enum<'MailState'>;
export type Reader = Enum<'MailRecipientKind'>;

const GROUPS = {
  access: ['SIGN_IN_CODE', 'INVITATION'],
  talk: ['NEW_MESSAGE', 'DIGEST', 'NEED_MATCHED', 'REPLY_NOT_TAKEN'],
  request: ['REQUEST_RECEIVED', 'REQUEST_COPY', 'ACKNOWLEDGED', 'ACCEPTED', 'DECLINED', 'EXTENDED', 'EXPIRED_WITH_ALTERNATIVES', 'EXPIRED', 'WITHDRAWN', 'ANNULLED'],
  work: ['AGREEMENT_RECORDED', 'STARTED', 'STUCK', 'INTERRUPTED', 'REOPENED', 'OUTCOME_FOR_CONFIRMATION', 'OUTCOME_CONFIRMED'],
  reminder: [
    'DRAFT_NUDGE', 'DRAFT_DISCARD_NOTICE', 'REQUEST_REMINDER', 'DECISION_REMINDER', 'ANSWER_REMINDER', 'NO_ANSWER_NOTICE',
    'START_REMINDER', 'CHECK_IN_DUE', 'CONFIRMATION_REMINDER', 'FOLLOW_UP_DUE',
  ],
  facilitation: ['REQUEST_STUCK', 'ACCEPTED_COPY', 'DECLINED_COPY', 'COMPLETED', 'OUTCOME_DISPUTED', 'UNDELIVERED'],
} as const satisfies Record<string, readonly Letter[]>;

export type Group = keyof typeof GROUPS;
export const groups = Object.entries(GROUPS) as [Group, readonly Letter[]][];
export const states: readonly State[] = ['QUEUED', 'SENDING', 'SENT', 'UNSURE', 'FAILED', 'SUPPRESSED'];
export const readers: readonly Reader[] = ['PERSON', 'CONTACT', 'MAILBOX', 'ADDRESS', 'ERASED'];

/** The letters that a choice stands for: a group of them, or one. */
export function lettersOf(choice: string | null): readonly Letter[] | undefined {
  const group = groups.find(([name]) => name === choice);
  if (group) return group[1];
  const letter = groups.flatMap(([, letters]) => letters).find((one) => one === choice);
  return letter && [letter];
}
