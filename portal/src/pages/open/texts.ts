/** What several of the public pages say: how a territory answers, who its contact people are. */
import { withNumber } from '../../lib/italian';

export const it = {
  noRequests: 'Nessuna richiesta ricevuta negli ultimi due anni.',
  inTime: (share: string) => `Ha dato un primo riscontro entro dieci giorni lavorativi ${withNumber('a', share)} delle richieste.`,
  inTimeFew: (done: number, all: number) => `Ha dato un primo riscontro entro dieci giorni lavorativi a ${done} ${all === 1 ? 'richiesta' : 'richieste'} su ${all}: sono ancora poche per farne una percentuale.`,
  noneJudged: 'Ha ricevuto richieste, ma è presto per dire se dà riscontro in tempo.',
  median: (days: number, said: string) => (days < 1 ? 'Un sì o un no arriva di solito in giornata.' : `Per un sì o un no impiega di solito ${days === 1 ? 'un giorno' : `${said} giorni`}.`),
  noContacts: 'Nessun referente indicato: la richiesta arriva alla casella del territorio o a chi lo coordina.',
  relay: {
    PUBLIC: 'Nessun recapito indicato.',
    MEMBERS: 'Recapiti visibili a chi ha fatto l’accesso.',
    PARTIES: 'Recapiti visibili dopo una richiesta accettata.',
    RELAY: 'Si scrive attraverso Innesto: l’indirizzo non è mostrato.',
  },
};

export const en: typeof it = {
  noRequests: 'No request received in the last two years.',
  inTime: (share) => `It acknowledged ${share} of the requests within ten working days.`,
  inTimeFew: (done, all) => `It acknowledged ${done} of ${all} ${all === 1 ? 'request' : 'requests'} within ten working days: too few yet for a percentage.`,
  noneJudged: 'It has received requests, but it is early to say whether it acknowledges them in time.',
  median: (days, said) => (days < 1 ? 'A yes or a no usually comes the same day.' : `A yes or a no usually takes it ${days === 1 ? 'a day' : `${said} days`}.`),
  noContacts: 'No contact person is stated: a request reaches the mailbox of the territory or its coordinators.',
  relay: {
    PUBLIC: 'No address stated.',
    MEMBERS: 'Addresses are visible to those who signed in.',
    PARTIES: 'Addresses are visible after an accepted request.',
    RELAY: 'One writes through Innesto: the address is not shown.',
  },
};
