/** What each step of a request asks of whoever takes it, and the mutation that takes it. */
import { ask } from '../../../lib/ask';
import { today } from '../../../lib/days';
import type { Enum, Question } from '../../../lib/graphql';
import type { UserError } from '../../../lib/refusals';
import type { Side, Whole } from '../turn';
import * as operations from './operations';

/** A step that a person takes by a button; `CREATE` and `EDIT` have a page of their own, `EXPIRE` is the hub's. */
export type FormStep = Exclude<Enum<'ReplicationRequestStep'>, 'CREATE' | 'EDIT' | 'EXPIRE'>;

export type FieldName =
  | 'reason' | 'supportLevel' | 'mentor' | 'firstDate' | 'days' | 'kind' | 'actNumber' | 'actDate' | 'protocolNumber'
  | 'startedOn' | 'progress' | 'pauseUntil' | 'vitality' | 'verdict' | 'lessons' | 'note';

interface Form {
  fields: readonly FieldName[];
  required: readonly FieldName[];
  /** Ends something: its button is red. */
  ends?: true;
}

/** In the order of their buttons: what leads on comes first. */
export const forms: Record<FormStep, Form> = {
  SEND: { fields: [], required: [] },
  ACKNOWLEDGE: { fields: ['note'], required: [] },
  ACCEPT: { fields: ['supportLevel', 'mentor', 'firstDate', 'note'], required: ['supportLevel', 'mentor', 'firstDate'] },
  START: { fields: ['startedOn', 'note'], required: ['startedOn'] },
  COMPLETE: { fields: [], required: [] },
  CHECK_IN: { fields: ['progress', 'note', 'pauseUntil'], required: ['progress'] },
  CONFIRM_OUTCOME: { fields: ['verdict', 'note'], required: ['verdict'] },
  FOLLOW_UP: { fields: ['vitality', 'note'], required: ['vitality'] },
  SEND_AGAIN: { fields: ['note'], required: [] },
  REOPEN: { fields: ['note'], required: [] },
  RECORD_AGREEMENT: {
    fields: ['kind', 'actNumber', 'actDate', 'protocolNumber', 'note'],
    required: ['kind', 'actNumber', 'actDate', 'protocolNumber'],
  },
  EXTEND: { fields: ['days', 'note'], required: ['days', 'note'] },
  DECLINE: { fields: ['reason', 'note'], required: ['reason'], ends: true },
  WITHDRAW: { fields: ['reason', 'note'], required: ['reason'], ends: true },
  INTERRUPT: { fields: ['reason', 'lessons'], required: ['reason', 'lessons'], ends: true },
  ANNUL: { fields: ['reason', 'note'], required: ['reason', 'note'], ends: true },
  DISCARD: { fields: [], required: [], ends: true },
};

export const reasonsOf: Partial<Record<FormStep, Enum<'VocabularyScheme'>>> = {
  DECLINE: 'DECLINE_REASON', WITHDRAW: 'WITHDRAW_REASON', INTERRUPT: 'INTERRUPT_REASON', ANNUL: 'ANNUL_REASON',
};

export const isForm = (step: string | null): step is FormStep => step !== null && step in forms;

/** The buttons for what the viewer may do now, in their order. */
export const buttonsOf = (actions: Whole['viewerActions']): FormStep[] =>
  (Object.keys(forms) as FormStep[]).filter((step) => actions.includes(step));

/** Who helps from outside the two sides must say why. */
export const isRequired = (step: FormStep, field: FieldName, side: Side | undefined): boolean =>
  forms[step].required.includes(field) || (field === 'note' && !side);

/** What stands in a field before anything was written. */
export function first(request: Whole, step: FormStep): Partial<Record<FieldName, string>> {
  if (step === 'ACCEPT') return { supportLevel: request.supportLevel ?? '' };
  if (step === 'START') return { startedOn: today() };
  if (step === 'EXTEND') return { days: '15' };
  if (step === 'RECORD_AGREEMENT' && request.agreement) return { ...request.agreement };
  return {};
}

interface Taken {
  taken: { replicationRequest: Whole | null; userErrors: readonly UserError[] };
}
/** Every step's answer has the same shape; its input is that of the form above, which the hub checks by field. */
type Take = Question<Taken, { input: Record<string, unknown> }>;

const mutations: Record<FormStep, unknown> = {
  SEND: operations.TakeSend,
  ACKNOWLEDGE: operations.TakeAcknowledge,
  ACCEPT: operations.TakeAccept,
  START: operations.TakeStart,
  COMPLETE: operations.TakeComplete,
  CHECK_IN: operations.TakeCheckIn,
  CONFIRM_OUTCOME: operations.TakeConfirmTheOutcome,
  FOLLOW_UP: operations.TakeFollowUp,
  SEND_AGAIN: operations.TakeSendAgain,
  REOPEN: operations.TakeReopen,
  RECORD_AGREEMENT: operations.TakeRecordAgreement,
  EXTEND: operations.TakeExtend,
  DECLINE: operations.TakeDecline,
  WITHDRAW: operations.TakeWithdraw,
  INTERRUPT: operations.TakeInterrupt,
  ANNUL: operations.TakeAnnul,
  DISCARD: operations.TakeDiscard,
};

/** Takes a step of the request as it was read. */
export async function take(step: FormStep, request: Whole, input: object, idempotencyKey: string): Promise<Taken['taken']> {
  const whole = { ...input, id: request.id, expectedVersion: request.version, idempotencyKey };
  return (await ask(mutations[step] as Take, { input: whole })).taken;
}

/** Refusals that say the request is no longer what was read. */
export const isStale = (errors: readonly UserError[]): boolean =>
  errors.some(({ code }) => code === 'CONFLICT' || code === 'WRONG_STATE');
