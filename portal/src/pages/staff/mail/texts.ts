/** What the log of the mails and the list of silent addresses say. */
import type { Enum } from '../../../lib/graphql';

type Kind = Enum<'MailRecipientKind'>;

export const it = {
  title: 'Posta',
  lead: 'Che cosa ne è stato di ogni e-mail del servizio: dalla più recente. Degli indirizzi si vede quanto basta per riconoscere un errore.',
  filters: 'Filtra la posta',
  state: 'A che punto è', everything: 'Tutta',
  states: { waiting: 'In attesa', sent: 'Consegnata', failed: 'Non recapitata', held: 'Non inviata' },
  letter: 'Quale e-mail', everyLetter: 'Tutte',
  recipient: 'A chi', anybody: 'A chiunque',
  recipients: {
    PERSON: 'Persone registrate', CONTACT: 'Referenti delle pratiche', MAILBOX: 'Caselle dei territori', ADDRESS: 'Indirizzi indicati da qualcuno', ERASED: 'Persone cancellate',
  } as Record<Kind, string>,
  since: 'Dal', until: 'Al',
  count: (shown: number, all: string) => (all === '1' ? 'Una e-mail.' : `${shown} di ${all} e-mail.`),
  unknown: 'E-mail di una versione più recente',
  to: (address: string) => `a ${address}`, erased: 'a una persona cancellata', forWhom: (name: string) => `per: ${name}`,
  tried: (count: number) => `${count} tentativi`,
  technical: 'Per chi amministra il server', id: 'Message-ID', said: 'Risposta del server',
  none: 'Nessuna e-mail',
  noneHelp: 'Con questi filtri non ne risulta nessuna. Allargate il periodo o togliete i filtri.',
  noFilters: 'Togli i filtri',

  silent: 'Indirizzi sospesi',
  silentLead: 'A questi indirizzi il servizio non scrive più, perché le e-mail tornano indietro. Al loro posto avvisa un altro referente, il responsabile del territorio o ANCI Puglia.',
  countSilent: (all: number) => (all === 0 ? 'Nessun indirizzo' : all === 1 ? 'Un indirizzo' : `${all} indirizzi`),
  noSilent: 'Nessun indirizzo sospeso', noSilentHelp: 'Tutte le caselle a cui il servizio ha scritto ricevono.',
  returned: (count: number) => (count === 1 ? 'un’e-mail è tornata indietro' : `${count} e-mail di fila sono tornate indietro`),
  silentSince: (when: string) => `sospeso dal ${when}`,
  lift: 'Scrivi di nuovo', liftOf: (address: string) => `Scrivi di nuovo a ${address}`,
  liftTitle: (address: string) => `Scrivere di nuovo a ${address}?`,
  liftHelp: 'Fatelo quando la casella è stata riparata. Se la prossima e-mail torna indietro, l’indirizzo viene sospeso di nuovo. Le e-mail già tornate non ripartono.',
  lifted: (address: string) => `Il servizio scriverà di nuovo a ${address}.`,
  toMail: 'Vedi la posta',
};

export const en: typeof it = {
  title: 'Mail',
  lead: 'What became of each e-mail of the service: the latest first. Of addresses one sees enough to spot a mistake.',
  filters: 'Filter the mail',
  state: 'Where it stands', everything: 'All',
  states: { waiting: 'Waiting', sent: 'Handed over', failed: 'Not delivered', held: 'Not sent' },
  letter: 'Which e-mail', everyLetter: 'All',
  recipient: 'To whom', anybody: 'To anybody',
  recipients: {
    PERSON: 'Registered people', CONTACT: 'Contacts of practices', MAILBOX: 'Mailboxes of territories', ADDRESS: 'Addresses somebody gave', ERASED: 'Erased people',
  },
  since: 'From', until: 'To',
  count: (shown, all) => (all === '1' ? 'One e-mail.' : `${shown} of ${all} e-mails.`),
  unknown: 'E-mail of a newer version',
  to: (address) => `to ${address}`, erased: 'to somebody who was erased', forWhom: (name) => `for: ${name}`,
  tried: (count) => `${count} attempts`,
  technical: 'For who runs the server', id: 'Message-ID', said: 'The server’s answer',
  none: 'No e-mail',
  noneHelp: 'With these filters there is none. Widen the period or take the filters away.',
  noFilters: 'Take the filters away',

  silent: 'Silent addresses',
  silentLead: 'The service no longer writes to these addresses, because its e-mails come back. In their place it tells another contact, the territory’s coordinator or ANCI Puglia.',
  countSilent: (all) => (all === 0 ? 'No address' : all === 1 ? 'One address' : `${all} addresses`),
  noSilent: 'No silent address', noSilentHelp: 'All mailboxes the service wrote to take its e-mails.',
  returned: (count) => (count === 1 ? 'one e-mail came back' : `${count} e-mails in a row came back`),
  silentSince: (when) => `silent since ${when}`,
  lift: 'Write again', liftOf: (address) => `Write to ${address} again`,
  liftTitle: (address) => `Write to ${address} again?`,
  liftHelp: 'Do so when the mailbox has been mended. If the next e-mail comes back, the address falls silent again. E-mails that came back are not sent anew.',
  lifted: (address) => `The service will write to ${address} again.`,
  toMail: 'See the mail',
};
