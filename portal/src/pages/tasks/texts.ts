/** What the page of things to do says. */
import type { Enum } from '../../lib/graphql';
import { withNumber } from '../../lib/italian';

type Kind = Enum<'TaskKind'>;

export const it = {
  tasks: 'Da fare',
  lead: 'Quello che aspetta voi, cominciando da ciò che scade prima.',
  nothing: 'Niente da fare',
  nothingHelp: 'Nessuno aspetta una vostra risposta. Intanto potete cercare una pratica da replicare o guardare a che punto sono le vostre richieste.',
  nothingHelpStaff: 'Nessuna pratica da rivedere, nessuna richiesta ferma. Intanto potete guardare come procedono le altre.',
  toPractices: 'Cerca tra le pratiche', toRequests: 'Le nostre richieste', toConversations: 'Conversazioni', toStaff: 'Regia',
  waiting: 'Aspettano voi', drafts: 'Bozze di richieste da completare',
  again: 'Richieste scadute: si possono inviare di nuovo',
  remark: 'Leggi le osservazioni', toReview: 'Pubblica o rimanda, nella regia',
  /** What to do, by kind; of a request it depends on where it stands. */
  todo: {
    REQUEST_STUCK: 'Richiesta ferma: sentite le due parti e aiutatele a proseguire',
    TERRITORY_UNREACHABLE: 'Telefonate al territorio e fatevi indicare un indirizzo che riceve',
    PRACTICE_RETURNED: 'Correggete la pratica secondo le osservazioni e consegnatela di nuovo',
    PRACTICE_TO_REVIEW: 'Leggete la pratica, poi pubblicatela o rimandatela con osservazioni',
  } as Partial<Record<Kind, string>>,
  outOfReach: 'Nessun indirizzo riceve le nostre e-mail',
  read: (count: number) => (count === 1 ? 'Leggete il nuovo messaggio' : `Leggete i ${count} nuovi messaggi`),
  by: (when: string) => `entro ${withNumber('il', when)}`,
  late: (when: string) => `da fare entro ${withNumber('il', when)}`,
  overdue: 'In ritardo',
  since: (when: string) => `in attesa ${withNumber('da', when)}`,
  between: (requester: string, owner: string) => `${requester} chiede, ${owner} risponde`,
};

export const en: typeof it = {
  tasks: 'To do',
  lead: 'What waits for you, beginning with what is due first.',
  nothing: 'Nothing to do',
  nothingHelp: 'Nobody waits for an answer of yours. Meanwhile you can look for a practice to copy, or see how your requests stand.',
  nothingHelpStaff: 'No practice to review, no request that stands still. Meanwhile you can see how the others go on.',
  toPractices: 'Look among the practices', toRequests: 'Our requests', toConversations: 'Conversations', toStaff: 'Stewardship',
  waiting: 'Waiting for you', drafts: 'Drafts of requests to complete',
  again: 'Expired requests: they can be sent again',
  remark: 'Read the remarks', toReview: 'Publish or send back, in the stewardship',
  todo: {
    REQUEST_STUCK: 'A request that stands still: talk to both sides and help them on',
    TERRITORY_UNREACHABLE: 'Telephone the territory and ask for an address that takes mails',
    PRACTICE_RETURNED: 'Correct the practice as remarked and hand it in again',
    PRACTICE_TO_REVIEW: 'Read the practice, then publish it or send it back with remarks',
  },
  outOfReach: 'No address there takes our e-mails',
  read: (count) => (count === 1 ? 'Read the new message' : `Read the ${count} new messages`),
  by: (when) => `by ${when}`,
  late: (when) => `was due by ${when}`,
  overdue: 'Late',
  since: (when) => `waiting since ${when}`,
  between: (requester, owner) => `${requester} asks, ${owner} answers`,
};
