/** What a conversation says, wherever it is shown. */
export const it = {
  log: 'Messaggi', earlier: 'Mostra i messaggi precedenti', you: 'Voi',
  retracted: 'Messaggio ritirato da chi l’ha scritto.', viaEmail: 'arrivato per e-mail', program: 'Un programma',
  retract: 'Ritira', retractTitle: 'Ritirare il messaggio?', retractHelp: 'Il testo sparisce per tutti; resta il segno che c’era. Chi l’ha già letto, o ricevuto per e-mail, lo conosce.',
  write: 'Scrivete un messaggio', hint: 'Si invia con il bottone o con Ctrl+Invio. Per dare forma al testo: **grassetto**, - elenco, [nome](indirizzo).',
  as: 'Scrivete per', send: 'Invia', sending: 'Invio in corso…', needed: 'Scrivete qualcosa prima di inviare.',
  notSent: 'Non inviato', retry: 'Riprova', remove: 'Elimina', keptHere: 'È conservato in questo browser: riprovando non parte due volte.',
  none: 'Nessun messaggio, per ora. Scrivete il primo.', waiting: 'Connessione interrotta: i messaggi nuovi arriveranno appena torna. Quello che scrivete è conservato.',
  notFound: 'La conversazione non c’è, o riguarda altri territori.', closed: 'In questa conversazione potete solo leggere.',
};

export const en: typeof it = {
  log: 'Messages', earlier: 'Show earlier messages', you: 'You',
  retracted: 'Message taken back by its author.', viaEmail: 'came by e-mail', program: 'A program',
  retract: 'Take back', retractTitle: 'Take the message back?', retractHelp: 'Its text is gone for everybody; a mark stays. Who has read it, or had it by e-mail, knows it.',
  write: 'Write a message', hint: 'Send with the button or with Ctrl+Enter. To shape the text: **bold**, - list, [name](address).',
  as: 'You write for', send: 'Send', sending: 'Sending…', needed: 'Write something before sending.',
  notSent: 'Not sent', retry: 'Try again', remove: 'Delete', keptHere: 'It is kept in this browser: trying again does not send it twice.',
  none: 'No messages so far. Write the first.', waiting: 'The connection is broken: new messages will arrive as soon as it is back. What you write is kept.',
  notFound: 'The conversation is not there, or concerns other territories.', closed: 'In this conversation you can only read.',
};
