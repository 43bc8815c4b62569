/** Whose turn it is in a request, seen from the viewer's side, and by when. */
import { day } from '../../lib/format';
import type { Enum, FragmentOf } from '../../lib/graphql';
import { session } from '../../lib/session.svelte';
import type { RequestRow, RequestWhole } from './operations';
import type { Texts } from './texts';
import type { Words } from './words';

export type Whole = FragmentOf<typeof RequestWhole>;
export type Row = FragmentOf<typeof RequestRow>;
export type Side = 'REQUESTER' | 'OWNER';
type Parties = Pick<Row, 'requester' | 'owner'>;
type Timed = Parties & Pick<Row, 'state' | 'awaiting' | 'deadlines'>;

/** On which side of a request the viewer stands; none for the facilitator and the Region. */
export const sideOf = ({ requester, owner }: Parties): Side | undefined =>
  session.isOurs(owner.id) ? 'OWNER' : session.isOurs(requester.id) ? 'REQUESTER' : undefined;

/** The name of a side: that of its territory. */
export const nameOf = (request: Parties, party: Enum<'RequestParty'>, words: Words): string =>
  party === 'OWNER' ? request.owner.fullName : party === 'REQUESTER' ? request.requester.fullName : words.party[party];

/** What is to be done next by whoever's turn it is. */
export const todoOf = ({ state, awaiting }: Pick<Timed, 'state' | 'awaiting'>, words: Words): string =>
  state === 'ACKNOWLEDGED' && awaiting === 'REQUESTER' ? words.answerQuestion : words.todo[state];

/** The next moment by which whoever's turn it is should have acted: a reminder or a question to that side. */
const dueOf = ({ awaiting, deadlines }: Timed): Timed['deadlines'][number] | undefined =>
  deadlines.find(({ kind, party }) => party === awaiting && ['REMIND', 'CHECK_IN', 'CONFIRM', 'NUDGE'].includes(kind));

export const isOverdue = (request: Timed): boolean =>
  request.awaiting !== 'NOBODY' && request.deadlines.some(({ overdue, party }) => overdue && party === request.awaiting);

/** "prendere in carico la richiesta, entro il 1º dicembre 2026". */
function taskOf(request: Timed, words: Words): string {
  const due = dueOf(request);
  const what = todoOf(request, words);
  return due && !due.overdue ? `${what}, ${words.by(day(due.dueAt))}` : what;
}

/** The class of a state's badge. */
export const badgeOf = (state: Enum<'ReplicationRequestState'>): string =>
  ({ COMPLETED: 'badge-good', IN_PROGRESS: 'badge-good', ACCEPTED: 'badge-good' } as Partial<Record<typeof state, string>>)[state] ??
  (['DECLINED', 'WITHDRAWN', 'EXPIRED', 'INTERRUPTED'].includes(state) ? 'badge-bad' : 'badge-soft');

/** Whose turn it is and for what, as a sentence to the viewer. */
export function sentenceOf(request: Timed, t: Texts, words: Words): string {
  if (request.awaiting === 'NOBODY') return t.nobodysTurn[request.state] ?? '';
  const task = taskOf(request, words);
  return request.awaiting === sideOf(request) ? t.ourTurn(task) : t.theirTurn(nameOf(request, request.awaiting, words), task);
}
