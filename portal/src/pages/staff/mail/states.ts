/** The states of a mail as a steward asks for them: four, where the hub tells six apart. */
import type { Enum } from '../../../lib/graphql';

type State = Enum<'MailState'>;

const STATES = {
  waiting: ['QUEUED', 'SENDING', 'UNSURE'],
  sent: ['SENT'],
  failed: ['FAILED'],
  held: ['SUPPRESSED'],
} satisfies Record<string, State[]>;

export type Group = keyof typeof STATES;
export const groups = Object.keys(STATES) as Group[];

export const statesOf = (group: Group): State[] => STATES[group];
export const groupOf = (state: State): Group => groups.find((group) => statesOf(group).includes(state)) ?? 'waiting';
