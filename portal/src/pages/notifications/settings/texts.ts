/** What the page of preferences says. */
import type { Kind } from '../kinds';
import type { Frequency } from './choices';

/** Of each kind: what it contains, and an e-mail of it. */
type Kinds = Record<Kind, readonly [contains: string, example: string]>;

const list = (words: readonly string[]): string => words.map((word) => word.charAt(0).toLowerCase() + word.slice(1)).join(', ');

export const it = {
  title: 'E-mail e notifiche',
  lead: (address: string) => `Scegliete quali novità ricevere per e-mail${address ? ` a ${address}` : ''}, e quando. Nelle notifiche le trovate comunque tutte.`,
  centre: 'Notifiche',
  kinds: 'Per ogni genere di novità',
  example: 'Per esempio:',
  frequency: { AT_ONCE: 'Subito', DAILY: 'Ogni giorno', WEEKLY: 'Ogni settimana', OFF: 'Mai' } as Record<Frequency, string>,
  about: {
    YOUR_TURN: ['Qualcuno aspetta una risposta da voi: arriva una richiesta, c’è un esito da confermare, una replica si è fermata.', '«L’Ambito di Nardò chiede aiuto per replicare la vostra pratica»'],
    ESSENTIAL: ['Una bozza o una richiesta sta per andare persa, oppure è stata annullata.', '«La richiesta sta per essere ritirata»'],
    PROGRESS: ['Una richiesta vostra, o fatta a voi, ha fatto un passo.', '«Richiesta accettata»'],
    MESSAGES: ['Qualcuno ha scritto in una vostra conversazione.', '«Nuovo messaggio dal Comune di Bitonto»'],
    REMINDERS: ['Tocca ancora a voi e il tempo passa, oppure è ora di dire come procede.', '«Come procede la replica?»'],
    NEEDS: ['Una pratica appena pubblicata risponde a un vostro «cerco».', '«Una pratica per ciò che cercate»'],
    FACILITATION: ['Una richiesta che accompagnate va avanti, si ferma o ha bisogno di voi.', '«Serve il vostro intervento»'],
  } as Kinds,
  always: 'Sempre subito',
  alwaysHelp: 'Non si può rimandare né disattivare: saperlo tardi costerebbe il lavoro fatto. Sempre subito arrivano anche i codici per accedere e gli inviti.',
  offOfTurn: 'Se nel vostro territorio nessun altro le riceve, queste e-mail andranno a chi ne risponde: chi chiede aiuto attende una risposta.',
  quiet: 'Quando non scrivervi',
  hours: 'Non scrivetemi in certe ore',
  from: 'Dalle',
  until: 'Alle',
  hoursHelp: 'Ora italiana. Se la prima è più tarda della seconda, si intende di notte.',
  weekends: 'Non scrivetemi di sabato e domenica',
  follows: 'Che cosa riceverete',
  sums: {
    AT_ONCE: (kinds: readonly string[]) => `Subito, un’e-mail per ogni novità: ${list(kinds)}.`,
    DAILY: (kinds: readonly string[]) => `Ogni mattina, se c’è qualcosa di nuovo, un solo riepilogo: ${list(kinds)}.`,
    WEEKLY: (kinds: readonly string[]) => `Una volta alla settimana, se c’è qualcosa di nuovo, un solo riepilogo: ${list(kinds)}.`,
    OFF: (kinds: readonly string[]) => `Nessuna e-mail, solo tra le notifiche di questo sito: ${list(kinds)}.`,
  } as Record<Frequency, (kinds: readonly string[]) => string>,
  quietSum: (from: string, until: string) => `Dalle ${from} alle ${until} nessuna e-mail: ciò che succede intanto arriva dopo.`,
  weekendSum: 'Di sabato e domenica nessuna e-mail: ciò che succede intanto arriva il lunedì.',
  unsaved: 'Avete modifiche da salvare.',
  save: 'Salva le preferenze',
  undo: 'Lascia com’era',
  undone: 'Preferenze lasciate com’erano.',
  saved: 'Preferenze salvate.',
  same: 'Non c’è nulla di nuovo da salvare.',
};

export const en: typeof it = {
  title: 'E-mails and notifications',
  lead: (address) => `Choose which news to receive by e-mail${address ? ` at ${address}` : ''}, and when. Among the notifications you find all of it anyway.`,
  centre: 'Notifications',
  kinds: 'For each kind of news',
  example: 'For example:',
  frequency: { AT_ONCE: 'At once', DAILY: 'Every day', WEEKLY: 'Every week', OFF: 'Never' },
  about: {
    YOUR_TURN: ['Somebody waits for an answer of yours: a request comes, an outcome is to be confirmed, a replication is stuck.', '“Ambito di Nardò asks for help to replicate your practice”'],
    ESSENTIAL: ['A draft or a request is about to be lost, or was struck out.', '“The request is about to be withdrawn”'],
    PROGRESS: ['A request of yours, or to you, took a step.', '“Request accepted”'],
    MESSAGES: ['Somebody wrote in a conversation of yours.', '“New message from Comune di Bitonto”'],
    REMINDERS: ['It is still your turn and time passes, or it is time to say how it goes.', '“How does the replication go?”'],
    NEEDS: ['A practice just published answers what you look for.', '“A practice for what you look for”'],
    FACILITATION: ['A request that you accompany goes on, stands still or needs you.', '“You are needed”'],
  },
  always: 'Always at once',
  alwaysHelp: 'It can be neither put off nor switched off: to know it late would cost the work done. Codes to sign in and invitations always come at once too.',
  offOfTurn: 'If nobody else in your territory receives them, these e-mails will go to whoever answers for it: who asks for help waits for an answer.',
  quiet: 'When not to write to you',
  hours: 'Do not write to me at certain hours',
  from: 'From',
  until: 'To',
  hoursHelp: 'Italian time. If the first is later than the second, it is over night.',
  weekends: 'Do not write to me on Saturdays and Sundays',
  follows: 'What you will receive',
  sums: {
    AT_ONCE: (kinds) => `At once, an e-mail for each: ${list(kinds)}.`,
    DAILY: (kinds) => `Every morning, if there is something new, one digest: ${list(kinds)}.`,
    WEEKLY: (kinds) => `Once a week, if there is something new, one digest: ${list(kinds)}.`,
    OFF: (kinds) => `No e-mail, only among the notifications of this site: ${list(kinds)}.`,
  },
  quietSum: (from, until) => `From ${from} to ${until} no e-mail: what happens meanwhile comes afterwards.`,
  weekendSum: 'On Saturdays and Sundays no e-mail: what happens meanwhile comes on Monday.',
  unsaved: 'You have changes to save.',
  save: 'Save the preferences',
  undo: 'Leave as it was',
  undone: 'Preferences left as they were.',
  saved: 'Preferences saved.',
  same: 'There is nothing new to save.',
};
