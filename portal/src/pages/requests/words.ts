/** The words of requests: states, levels, steps, times. Read by every page that shows a request. */
import type { Enum } from '../../lib/graphql';
import { withArticle, withNumber } from '../../lib/italian';
import { en as supportEn, it as supportIt, namesOf } from '../../parts/support';

type State = Enum<'ReplicationRequestState'>;
type Step = Enum<'ReplicationRequestStep'>;

const state: Record<State, string> = {
  DRAFT: 'Bozza', SENT: 'Inviata', ACKNOWLEDGED: 'Presa in carico', ACCEPTED: 'Accettata', IN_PROGRESS: 'In corso',
  COMPLETED: 'Conclusa', DECLINED: 'Rifiutata', WITHDRAWN: 'Ritirata', EXPIRED: 'Scaduta', INTERRUPTED: 'Interrotta',
};
/** What happened, after the name of who did it. */
const happened: Record<Step, string> = {
  CREATE: 'ha preparato la bozza', EDIT: 'ha modificato la bozza', DISCARD: 'ha eliminato la bozza',
  SEND: 'ha inviato la richiesta', ACKNOWLEDGE: 'ha preso in carico la richiesta', ACCEPT: 'ha accettato',
  DECLINE: 'ha rifiutato', EXTEND: 'ha concesso più tempo', EXPIRE: 'La richiesta è scaduta senza risposta',
  SEND_AGAIN: 'ha inviato di nuovo la richiesta', RECORD_AGREEMENT: 'ha registrato l’accordo',
  START: 'ha avviato il lavoro', CHECK_IN: 'ha detto come procede', COMPLETE: 'ha raccontato l’esito',
  INTERRUPT: 'ha interrotto il lavoro', REOPEN: 'ha ripreso il lavoro', CONFIRM_OUTCOME: 'si è espresso sull’esito',
  FOLLOW_UP: 'ha detto se la replica è ancora attiva', WITHDRAW: 'ha ritirato la richiesta', ANNUL: 'ha annullato la richiesta',
};
const party: Record<Enum<'RequestParty'>, string> = {
  REQUESTER: 'chi chiede', OWNER: 'chi ha la pratica', FACILITATOR: 'ANCI Puglia', STEWARD: 'Regione Puglia', SYSTEM: 'servizio',
};
const deadline: Record<Enum<'RequestDeadlineKind'>, (who: string) => string> = {
  NUDGE: () => 'promemoria della bozza a chi l’ha scritta',
  WARN: (who) => `avviso ${withArticle('a', who)}: poco dopo il servizio procederà da solo`,
  DISCARD: () => 'la bozza viene eliminata',
  REMIND: (who) => `promemoria ${withArticle('a', who)}`,
  ESCALATE: () => 'interviene ANCI Puglia',
  EXPIRE: () => 'la richiesta scade; si potrà inviare di nuovo',
  WITHDRAW: () => 'la richiesta viene ritirata per mancata risposta',
  CHECK_IN: (who) => `domanda ${withArticle('a', who)}: come procede?`,
  CONFIRM: (who) => `domanda ${withArticle('a', who)}: confermate l’esito?`,
  FOLLOW_UP: (who) => `domanda ${withArticle('a', who)}: la replica è ancora attiva?`,
};
/** What whoever's turn it is has to do. */
const todo: Record<State, string> = {
  DRAFT: 'completare la bozza e inviarla', SENT: 'prendere in carico la richiesta', ACKNOWLEDGED: 'decidere se aiutare',
  ACCEPTED: 'incontrarsi e dare avvio al lavoro', IN_PROGRESS: 'portare avanti il lavoro e dire come procede',
  COMPLETED: 'confermare l’esito', DECLINED: '', WITHDRAWN: '', EXPIRED: '', INTERRUPTED: '',
};

export const it = {
  state, level: namesOf(supportIt), happened, party, deadline, todo,
  answerQuestion: 'rispondere alla domanda nella conversazione',
  by: (when: string) => `entro ${withNumber('il', when)}`,
  overdue: 'In ritardo',
  demo: 'Dati illustrativi',
  agreementKind: {
    AGREEMENT: 'Accordo tra amministrazioni (art. 15, legge 241/1990)', CONVENTION: 'Convenzione (art. 30, TUEL)',
    MEMORANDUM: 'Protocollo d’intesa', RESOLUTION: 'Deliberazione accettata dall’altro ente', OTHER: 'Altro atto',
  } satisfies Record<Enum<'AgreementKind'>, string>,
  result: {
    FULL: 'Replicata com’era', ADAPTED: 'Replicata con adattamenti', PARTIAL: 'Replicata in parte', ABANDONED: 'Non replicata',
  } satisfies Record<Enum<'OutcomeResult'>, string>,
  verdict: { CONFIRM: 'Confermato', ANNOTATE: 'Confermato con un’osservazione', DISPUTE: 'Contestato' } satisfies Record<Enum<'OutcomeVerdict'>, string>,
  vitality: { ACTIVE: 'Attiva', CHANGED: 'Attiva in altra forma', CEASED: 'Cessata' } satisfies Record<Enum<'CopyVitality'>, string>,
  progress: { ON_TRACK: 'Procede come previsto', STUCK: 'È ferma: serve aiuto' } satisfies Record<Enum<'ReplicationProgress'>, string>,
};

export const en: typeof it = {
  state: {
    DRAFT: 'Draft', SENT: 'Sent', ACKNOWLEDGED: 'Taken up', ACCEPTED: 'Accepted', IN_PROGRESS: 'Under way',
    COMPLETED: 'Completed', DECLINED: 'Declined', WITHDRAWN: 'Withdrawn', EXPIRED: 'Expired', INTERRUPTED: 'Interrupted',
  },
  level: namesOf(supportEn),
  happened: {
    CREATE: 'made the draft', EDIT: 'changed the draft', DISCARD: 'discarded the draft', SEND: 'sent the request',
    ACKNOWLEDGE: 'took the request up', ACCEPT: 'accepted', DECLINE: 'declined', EXTEND: 'gave more time',
    EXPIRE: 'The request expired without an answer', SEND_AGAIN: 'sent the request again', RECORD_AGREEMENT: 'recorded the agreement',
    START: 'started the work', CHECK_IN: 'said how it goes', COMPLETE: 'told the outcome', INTERRUPT: 'stopped the work',
    REOPEN: 'took the work up again', CONFIRM_OUTCOME: 'gave its word on the outcome', FOLLOW_UP: 'said whether the copy still runs',
    WITHDRAW: 'withdrew the request', ANNUL: 'annulled the request',
  },
  party: { REQUESTER: 'who asks', OWNER: 'who owns the practice', FACILITATOR: 'ANCI Puglia', STEWARD: 'the Region', SYSTEM: 'the service' },
  deadline: {
    NUDGE: () => 'reminder of the draft to its author',
    WARN: (who) => `warning to ${who}: soon after the service will act by itself`,
    DISCARD: () => 'the draft is discarded',
    REMIND: (who) => `reminder to ${who}`,
    ESCALATE: () => 'ANCI Puglia steps in',
    EXPIRE: () => 'the request expires; it may be sent again',
    WITHDRAW: () => 'the request is withdrawn for want of an answer',
    CHECK_IN: (who) => `question to ${who}: how does it go?`,
    CONFIRM: (who) => `question to ${who}: do you confirm the outcome?`,
    FOLLOW_UP: (who) => `question to ${who}: does the copy still run?`,
  },
  todo: {
    DRAFT: 'complete the draft and send it', SENT: 'take the request up', ACKNOWLEDGED: 'decide whether to help',
    ACCEPTED: 'meet and start the work', IN_PROGRESS: 'go on with the work and say how it goes', COMPLETED: 'confirm the outcome',
    DECLINED: '', WITHDRAWN: '', EXPIRED: '', INTERRUPTED: '',
  },
  answerQuestion: 'answer the question in the conversation',
  by: (when) => `by ${when}`,
  overdue: 'Overdue',
  demo: 'Illustrative data',
  agreementKind: {
    AGREEMENT: 'Agreement between administrations (art. 15, law 241/1990)', CONVENTION: 'Convention (art. 30, TUEL)',
    MEMORANDUM: 'Memorandum of understanding', RESOLUTION: 'Resolution accepted by the other body', OTHER: 'Another act',
  },
  result: { FULL: 'Copied as it was', ADAPTED: 'Copied with changes', PARTIAL: 'Copied in part', ABANDONED: 'Not copied' },
  verdict: { CONFIRM: 'Confirmed', ANNOTATE: 'Confirmed with a remark', DISPUTE: 'Disputed' },
  vitality: { ACTIVE: 'Running', CHANGED: 'Running in another form', CEASED: 'Ceased' },
  progress: { ON_TRACK: 'Goes as planned', STUCK: 'Stuck: help is needed' },
};
export type Words = typeof it;
