/** What is said of the letters that told others of a message or a step. */
import { withNumber } from '../../lib/italian';

export const it = {
  sent: (time: string, day?: string) => `E-mail consegnata al server alle ${time}${day ? ` ${withNumber('di', day)}` : ''}`,
  sentAll: (count: number) => `${count} e-mail consegnate al server`,
  notSentAll: (count: number) => `${count} e-mail non inviate`,
  one: (recipient: string, sentence: string) => `E-mail per ${recipient}, ${sentence}`,
  nobody: 'Nessuna e-mail è arrivata. Il servizio scrive a un altro recapito o, se non ce ne sono, avvisa chi facilita. Se è urgente, telefonate.',
};

export const en: typeof it = {
  sent: (time, day) => `E-mail handed to the server at ${time}${day ? ` on ${day}` : ''}`,
  sentAll: (count) => `${count} e-mails handed to the server`,
  notSentAll: (count) => `${count} e-mails not sent`,
  one: (recipient, sentence) => `E-mail to ${recipient}, ${sentence}`,
  nobody: 'No e-mail arrived. The service writes to another address or, if there is none, tells the facilitator. If it is urgent, telephone.',
};
