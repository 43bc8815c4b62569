/** What the pages of facilitators and stewards say. */
import type { Enum } from '../../lib/graphql';

export const it = {
  title: 'Regia',
  lead: 'Le pratiche da rivedere e le richieste che aspettano, dalla più ferma.',
  pages: { all: 'Pagine della regia', work: 'Da seguire', log: 'Registro', vocabularies: 'Vocabolari', territories: 'Territori' },
  parts: { reviews: 'Pratiche in revisione', requests: 'Richieste aperte' },
  noReviews: 'Nessuna pratica da rivedere',
  noReviewsHelp: 'Quando un territorio ne consegna una, compare qui.',
  handedIn: (when: string) => `ultima modifica ${when}`,
  noRequests: 'Nessuna richiesta aperta',
  noRequestsHelp: 'Con questi filtri non c’è niente che aspetta.',
  turnFilter: 'A chi tocca',
  anyone: 'A chiunque',
  count: (shown: number, all: number) => `${shown} di ${all} richieste aperte, dalla più ferma.`,
  more: 'Mostra altre',
  head: { turn: 'A chi tocca', since: 'Ferma da', deadline: 'Prossimo termine' },
  turn: { OWNER: 'a chi ha la pratica', REQUESTER: 'a chi la chiede', NOBODY: 'a nessuno' } as Record<Enum<'Awaiting'>, string>,
  states: {
    DRAFT: 'bozza', SENT: 'inviata', ACKNOWLEDGED: 'presa in carico', ACCEPTED: 'accettata', IN_PROGRESS: 'in corso', COMPLETED: 'conclusa',
    DECLINED: 'rifiutata', WITHDRAWN: 'ritirata', EXPIRED: 'scaduta', INTERRUPTED: 'interrotta',
  } as Record<Enum<'ReplicationRequestState'>, string>,
  deadlines: {
    NUDGE: 'promemoria', WARN: 'avviso', DISCARD: 'bozza eliminata', REMIND: 'promemoria', ESCALATE: 'interviene la facilitazione',
    EXPIRE: 'scade', WITHDRAW: 'ritirata d’ufficio', CHECK_IN: 'si chiede come va', CONFIRM: 'conferma dell’esito', FOLLOW_UP: 'si chiede se continua',
  } as Record<Enum<'RequestDeadlineKind'>, string>,
  overdue: 'passato',
  noDeadline: 'nessuno',
  days: (count: number) => (count === 0 ? 'oggi' : count === 1 ? '1 giorno' : `${count} giorni`),
  from: 'da',
  to: 'a',
};

export const en: typeof it = {
  title: 'Stewardship',
  lead: 'The practices to review and the requests that wait, the most stuck first.',
  pages: { all: 'Pages of stewardship', work: 'To follow', log: 'Log', vocabularies: 'Vocabularies', territories: 'Territories' },
  parts: { reviews: 'Practices under review', requests: 'Open requests' },
  noReviews: 'No practice to review',
  noReviewsHelp: 'When a territory hands one in, it shows here.',
  handedIn: (when) => `last change ${when}`,
  noRequests: 'No open request',
  noRequestsHelp: 'With these filters nothing waits.',
  turnFilter: 'Whose turn',
  anyone: 'Anybody’s',
  count: (shown, all) => `${shown} of ${all} open requests, the most stuck first.`,
  more: 'Show more',
  head: { turn: 'Whose turn', since: 'Waiting for', deadline: 'Next deadline' },
  turn: { OWNER: 'the owner’s', REQUESTER: 'the requester’s', NOBODY: 'nobody’s' },
  states: {
    DRAFT: 'draft', SENT: 'sent', ACKNOWLEDGED: 'taken up', ACCEPTED: 'accepted', IN_PROGRESS: 'in progress', COMPLETED: 'completed',
    DECLINED: 'declined', WITHDRAWN: 'withdrawn', EXPIRED: 'expired', INTERRUPTED: 'interrupted',
  },
  deadlines: {
    NUDGE: 'reminder', WARN: 'warning', DISCARD: 'draft thrown away', REMIND: 'reminder', ESCALATE: 'the facilitator steps in',
    EXPIRE: 'expires', WITHDRAW: 'withdrawn for want of an answer', CHECK_IN: 'asked how it goes', CONFIRM: 'outcome to confirm', FOLLOW_UP: 'asked whether it still runs',
  },
  overdue: 'past',
  noDeadline: 'none',
  days: (count) => (count === 0 ? 'today' : count === 1 ? '1 day' : `${count} days`),
  from: 'from',
  to: 'to',
};
