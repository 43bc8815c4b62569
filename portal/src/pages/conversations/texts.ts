/** What the pages of conversations say. */
import { withArticle } from '../../lib/italian';

export const it = {
  conversations: 'Conversazioni', lead: 'I messaggi tra il vostro territorio e gli altri, anche quelli nati da una richiesta.',
  unread: (n: number) => (n === 1 ? '1 non letto' : `${n} non letti`), messages: (n: number) => (n === 1 ? '1 messaggio' : `${n} messaggi`),
  found: (n: number) => (n === 1 ? '1 conversazione' : `${n} conversazioni`),
  with: (names: readonly string[]) => `Con ${names.map((name) => withArticle('il', name)).join(' e ')}`, last: (who: string) => `${who}:`, you: 'Voi', retracted: 'messaggio ritirato', program: 'Un programma',
  none: 'Nessuna conversazione', noneHelp: 'Si comincia dalla pagina di un territorio o di una pratica; ogni richiesta inviata ha la sua.',
  toTerritories: 'Cerca un territorio', toPractices: 'Cerca tra le pratiche',
  aboutPractice: 'Sulla pratica', aboutNeed: 'Su quello che cerca:', theNeed: 'il suo «cerco»', subjectOfNeed: 'Su quello che cercate', aboutRequest: 'Sulla richiesta', demo: 'Dati illustrativi', between: (a: string, b: string) => `Tra ${withArticle('il', a)} e ${withArticle('il', b)}`, one: 'Conversazione', noOne: 'Conversazione non trovata',
  new: 'Nuova conversazione', newLead: (to: string) => `Scrivete ${withArticle('a', to)}: il messaggio arriva qui e per e-mail ai suoi referenti.`,
  from: 'Per quale territorio scrivete', subject: 'Oggetto', subjectOf: (practice: string) => `Sulla pratica «${practice}»`, message: 'Messaggio',
  messageHint: 'Niente nomi o dati di persone seguite dai servizi.', send: 'Invia', needed: 'Va compilato.',
  noAddressee: 'A chi scrivete?', noAddresseeHelp: 'Scegliete il territorio: dalla sua pagina potete cominciare una conversazione.',
  own: 'È il vostro territorio: per parlare tra colleghi non serve una conversazione qui.', noTerritory: 'Per scrivere bisogna appartenere a un territorio.',
  notSent: 'Non è stato inviato: quello che avete scritto è ancora qui. Riprovate, non partirà due volte.', kept: 'Ripreso da quello che avevate già scritto.',
};

export const en: typeof it = {
  conversations: 'Conversations', lead: 'The messages between your territory and others, those born of a request too.',
  unread: (n) => `${n} unread`, messages: (n) => (n === 1 ? '1 message' : `${n} messages`),
  found: (n) => (n === 1 ? '1 conversation' : `${n} conversations`),
  with: (names) => `With ${names.join(' and ')}`, last: (who) => `${who}:`, you: 'You', retracted: 'message taken back', program: 'A program',
  none: 'No conversations', noneHelp: 'One begins from the page of a territory or of a practice; each request sent has its own.',
  toTerritories: 'Look for a territory', toPractices: 'Look among the practices',
  aboutPractice: 'About the practice', aboutNeed: 'About what it looks for:', theNeed: 'its need', subjectOfNeed: 'About what you look for', aboutRequest: 'About request', demo: 'Illustrative data', between: (a, b) => `Between ${a} and ${b}`, one: 'Conversation', noOne: 'Conversation not found',
  new: 'New conversation', newLead: (to) => `Write to ${to}: the message arrives here, and by e-mail at its contacts.`,
  from: 'For which territory you write', subject: 'Subject', subjectOf: (practice) => `About the practice “${practice}”`, message: 'Message',
  messageHint: 'No names or data of people whom the services look after.', send: 'Send', needed: 'This is needed.',
  noAddressee: 'Whom do you write to?', noAddresseeHelp: 'Choose the territory: from its page you can begin a conversation.',
  own: 'It is your own territory: colleagues need no conversation here.', noTerritory: 'To write one must belong to a territory.',
  notSent: 'It was not sent: what you wrote is still here. Try again, it will not go twice.', kept: 'Taken from what you had written already.',
};
