/** What the cockpit says. */
import { withArticle } from '../../../lib/italian';

export const it = {
  title: 'Cruscotto',
  lead: 'Come sta la rete oggi: che cosa aspetta, da quanto, chi è troppo carico, che cosa manca. Contiene solo quello che potete vedere.',
  now: 'In breve',
  tiles: {
    waiting: 'richieste aspettano qualcuno',
    turns: (owner: number, requester: number) => `${owner} chi ha la pratica, ${requester} chi la chiede`,
    overdue: 'oltre un termine', reviews: 'pratiche da rivedere', tasks: 'cose da fare vostre', failed: 'lettere respinte', suspended: 'indirizzi sospesi',
    reach: 'Ambiti partecipano alla rete', days: 'giorni per un sì o un no, in metà dei casi',
  },
  ages: 'Da quanto aspettano', agesHelp: 'Le richieste aperte, per giorni passati da quando tocca a qualcuno.',
  age: (from: number, to: number | null) => (to === null ? `più di ${from - 1} giorni` : from === 0 ? `fino a ${to} giorni` : `da ${from} a ${to} giorni`),
  noWaiting: 'Nessuna richiesta aspetta: la coda è vuota.',
  longest: 'Che cosa aspetta da più tempo', allWaiting: 'Tutte le richieste che aspettano',
  owners: 'Chi è più chiamato', ownersHelp: 'Territori (con i loro Comuni) con più richieste ricevute. «Aperte» sono quelle da seguire adesso.',
  share: (name: string, part: string) => `${part} di tutte le richieste va ${withArticle('a', name)}.`,
  noOwners: 'Nessuno ha ancora ricevuto una richiesta.',
  open: 'aperte',
  table: { name: 'Richieste ricevute per territorio', ages: 'Età della coda', territory: 'Territorio', open: 'Aperte', unanswered: 'Senza risposta', total: 'In tutto', practices: 'Pratiche', age: 'Attesa', count: 'Richieste' },
};

export const en: typeof it = {
  title: 'Cockpit',
  lead: 'How the network does today: what waits, how long, who carries too much, what is missing. It holds only what you may see.',
  now: 'In short',
  tiles: {
    waiting: 'requests wait for somebody',
    turns: (owner, requester) => `${owner} the owner, ${requester} the requester`,
    overdue: 'past a deadline', reviews: 'practices to review', tasks: 'things for you to do', failed: 'letters sent back', suspended: 'suspended addresses',
    reach: 'Ambiti take part in the network', days: 'days to a yes or a no, in half of the cases',
  },
  ages: 'How long they have waited', agesHelp: 'The open requests, by days since it is somebody’s turn.',
  age: (from, to) => (to === null ? `more than ${from - 1} days` : from === 0 ? `up to ${to} days` : `${from} to ${to} days`),
  noWaiting: 'No request waits: the queue is empty.',
  longest: 'What waits longest', allWaiting: 'All requests that wait',
  owners: 'Who is asked most', ownersHelp: 'Territories (with their Comuni) with most requests received. “Open” are those to follow now.',
  share: (name, part) => `${part} of all requests go to ${name}.`,
  noOwners: 'Nobody has received a request yet.',
  open: 'open',
  table: { name: 'Requests received by territory', ages: 'Age of the queue', territory: 'Territory', open: 'Open', unanswered: 'Unanswered', total: 'In all', practices: 'Practices', age: 'Wait', count: 'Requests' },
};
