/** What the pages of signing in and of one's own account say. */
export const it = {
  signIn: 'Accedi',
  signInLead: 'Scrivete il vostro indirizzo di lavoro: riceverete un codice di sei cifre. Non serve alcuna password.',
  email: 'Indirizzo di posta di lavoro',
  sendCode: 'Invia il codice',
  codeTitle: 'Il codice ricevuto per posta',
  codeSent: (email: string) => `Se ${email} è conosciuto, il codice è in arrivo. Vale dieci minuti, in questo browser.`,
  code: 'Codice di sei cifre',
  enter: 'Entra',
  otherAddress: 'Usa un altro indirizzo',
  noCode: 'Non arriva? Controllate la posta indesiderata e che l’indirizzo sia quello con cui siete stati invitati. Chi coordina il vostro territorio può invitarvi.',
  demoMailbox: 'Leggi il codice nella posta della dimostrazione (si apre in un’altra scheda)',
};

export const en: typeof it = {
  signIn: 'Sign in',
  signInLead: 'Write your work address: you will receive a code of six digits. No password is needed.',
  email: 'Work e-mail address',
  sendCode: 'Send the code',
  codeTitle: 'The code received by mail',
  codeSent: (email) => `If ${email} is known, the code is on its way. It is good for ten minutes, in this browser.`,
  code: 'Code of six digits',
  enter: 'Enter',
  otherAddress: 'Use another address',
  noCode: 'It does not arrive? Look among the spam, and check that it is the address you were invited with. The coordinator of your territory can invite you.',
  demoMailbox: 'Read the code in the mailbox of the demonstration (opens in another tab)',
};
