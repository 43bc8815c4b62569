/** What the privacy notice says. */
import type { PlainText } from './text';

export const it: PlainText & { link: string } = {
  title: 'Informativa privacy',
  lead: 'Quali dati personali tiene Innesto, perché, per quanto tempo e chi li vede.',
  link: 'A chi scrivere per i propri dati',
  sections: [
    {
      title: 'Di chi sono i dati',
      lines: ['Solo di chi lavora per gli enti della rete e dei referenti delle pratiche. Mai di chi usa i servizi: i testi che sembrano contenere un codice fiscale, un IBAN o un telefono sono segnalati prima della pubblicazione.'],
    },
    {
      title: 'Che cosa è conservato e per quanto',
      lines: [],
      table: [
        ['Dati', 'Fino a quando'],
        ['Nome, indirizzo di posta di lavoro, lingua', 'fino alla cancellazione'],
        ['Ruoli negli enti e nella rete', 'finché restano assegnati'],
        ['Inviti: nome e indirizzo', '180 giorni dopo l’uso, il ritiro o la scadenza'],
        ['Codici di accesso, con l’indirizzo di rete da cui sono chiesti', 'un giorno'],
        ['Accessi: nome del browser, date', '90 giorni dopo la fine'],
        ['Chiavi per programmi: nome e date', 'restano, senza il segreto'],
        ['Referenti: nome, ruolo, posta, telefono', 'finché il territorio li tiene, o fino alla cancellazione'],
        ['Lettere inviate: indirizzo e tipo, non il testo', 'l’indirizzo fino alla cancellazione'],
        ['Chi ha fatto che cosa e quando: solo codici, nessun nome', 'resta'],
        ['Messaggi, richieste, pratiche e documenti', 'restano, perché sono del territorio'],
      ],
    },
    {
      title: 'Perché',
      lines: ['Per far incontrare gli enti che vogliono copiare una pratica e quelli che l’hanno realizzata, e per sapere chi ha agito per conto di un ente. I dati non servono ad altro e non sono dati ad altri. Titolare del trattamento è l’ente che gestisce il servizio.'],
    },
    {
      title: 'Chi vede i recapiti',
      lines: ['Ogni recapito ha una visibilità, scelta dal territorio:'],
      items: [
        'Tutti: di solito per le caselle d’ufficio.',
        'Chi ha fatto l’accesso: il personale degli enti della rete.',
        'Le due parti: chi chiede e chi offre, dopo una richiesta accettata.',
        'Nessuno: Innesto inoltra i messaggi e l’indirizzo non è mostrato. Per le persone è la scelta iniziale.',
      ],
    },
    {
      title: 'Cookie e memoria del browser',
      lines: ['Nessun cookie di profilazione o statistica, nessun contenuto da altri siti. I cookie sono due, tecnici: quello che riconosce il browser che ha chiesto il codice di accesso e quello della sessione, che finisce dopo 30 giorni senza uso e comunque dopo 90 (chi gestisce il servizio può cambiare il primo termine). Nel browser restano la lingua scelta e le bozze di quello che scrivete; le bozze si cancellano uscendo.'],
    },
    {
      title: 'I vostri diritti',
      lines: ['Si possono chiedere accesso, rettifica e cancellazione. Con la cancellazione nome e indirizzo sono svuotati, ruoli e accessi finiscono, e quello che avete scritto resta al territorio senza il vostro nome. Non raggiunge i nomi che altri hanno scritto nei testi, né le copie di sicurezza. Si può fare reclamo al Garante per la protezione dei dati personali.'],
    },
  ],
};

export const en: typeof it = {
  title: 'Privacy notice',
  lead: 'Which personal data Innesto keeps, why, for how long and who sees it.',
  link: 'Whom to write to about your data',
  sections: [
    {
      title: 'Whose data',
      lines: ['Only of those who work for the bodies of the network, and of the contact people of practices. Never of people who use the services: texts that seem to hold a tax code, an IBAN or a telephone number are pointed out before publication.'],
    },
    {
      title: 'What is kept, and how long',
      lines: [],
      table: [
        ['Data', 'Until when'],
        ['Name, work address, language', 'until erased'],
        ['Roles in bodies and in the network', 'as long as they are held'],
        ['Invitations: name and address', '180 days after they were used, taken back or expired'],
        ['Sign-in codes, with the network address that asked for them', 'a day'],
        ['Sessions: name of the browser, dates', '90 days after their end'],
        ['Tokens for programs: name and dates', 'they stay, without the secret'],
        ['Contact people: name, role, mail, telephone', 'as long as the territory keeps them, or until erased'],
        ['Letters sent: address and kind, not the text', 'the address until erased'],
        ['Who did what and when: only ids, no names', 'it stays'],
        ['Messages, requests, practices and documents', 'they stay, because they are the territory’s'],
      ],
    },
    {
      title: 'Why',
      lines: ['To bring together the bodies that want to copy a practice and those that did it, and to know who acted for a body. The data serves nothing else and is given to nobody else. The controller is the body that runs the service.'],
    },
    {
      title: 'Who sees addresses',
      lines: ['Every address has a visibility, which the territory chooses:'],
      items: [
        'Everybody: usually for the mailboxes of offices.',
        'Those who signed in: the staff of the bodies of the network.',
        'The two sides: who asks and who offers, after an accepted request.',
        'Nobody: Innesto forwards messages and the address is not shown. For persons this is the choice to begin with.',
      ],
    },
    {
      title: 'Cookies and the memory of the browser',
      lines: ['No cookies for profiles or statistics, nothing from other sites. There are two technical cookies: one that recognises the browser that asked for a sign-in code, and that of the session, which ends after 30 days without use and after 90 in any case (whoever runs the service may change the first term). The browser keeps the language chosen and the drafts of what you write; drafts are deleted when you sign out.'],
    },
    {
      title: 'Your rights',
      lines: ['You may ask for access, rectification and erasure. On erasure, name and address are emptied, roles and sessions end, and what you wrote stays with the territory without your name. It does not reach names that others wrote in texts, nor backups. You may complain to the Italian data protection authority (Garante).'],
    },
  ],
};
