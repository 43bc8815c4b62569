/** What the log is narrowed to: groups of kinds of entries. */

/** The second halves of the kinds of entries, by their first half. */
const KINDS = {
  practice: ['created', 'updated', 'submitted', 'returned', 'published', 'archived', 'deleted', 'kit_changed'],
  request: [
    'created', 'edited', 'discarded', 'sent', 'acknowledged', 'accepted', 'declined', 'extended', 'expired', 'sent_again',
    'agreement_recorded', 'started', 'checked_in', 'completed', 'interrupted', 'reopened', 'outcome_confirmed', 'followed_up',
    'withdrawn', 'annulled',
  ],
  conversation: ['started', 'message_posted', 'message_retracted'],
  contact: ['changed', 'duties_handed_over'],
  member: ['invited', 'joined', 'removed'],
  person: ['signed_in', 'signed_out', 'erased', 'token_created', 'token_revoked'],
  document: ['uploaded'],
  lineage: ['declared', 'confirmed'],
  territory: ['imported'],
  vocabulary: ['imported'],
  mail: ['failed', 'suppression_lifted'],
} as const;

export type Group = keyof typeof KINDS;
export const groups = Object.keys(KINDS) as Group[];

/** The kinds of a group, as the hub names them. */
export const kindsOf = (group: Group): string[] => KINDS[group].map((kind) => `${group}.${kind}`);
