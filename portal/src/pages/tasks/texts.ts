/** What the page of things to do says. */
export const it = {
  tasks: 'Da fare',
  lead: 'Quello che aspetta voi, cominciando da ciò che scade prima.',
  nothing: 'Niente da fare',
  nothingHelp: 'Nessuno aspetta una vostra risposta. Intanto potete cercare una pratica da replicare o guardare a che punto sono le vostre richieste.',
  toPractices: 'Cerca tra le pratiche', toRequests: 'Le nostre richieste', toConversations: 'Conversazioni',
  requests: 'Richieste che aspettano voi', talks: 'Messaggi non letti', returned: 'Pratiche tornate con osservazioni',
  remark: 'Leggi le osservazioni', drafts: 'Bozze di richieste da completare',
  again: 'Richieste scadute: si possono inviare di nuovo', late: 'Richieste in ritardo, da accompagnare',
  lastChange: (when: string) => `Ultima modifica: ${when}`,
};

export const en: typeof it = {
  tasks: 'To do',
  lead: 'What waits for you, beginning with what is due first.',
  nothing: 'Nothing to do',
  nothingHelp: 'Nobody waits for an answer of yours. Meanwhile you can look for a practice to copy, or see how your requests stand.',
  toPractices: 'Look among the practices', toRequests: 'Our requests', toConversations: 'Conversations',
  requests: 'Requests that wait for you', talks: 'Unread messages', returned: 'Practices that came back with remarks',
  remark: 'Read the remarks', drafts: 'Drafts of requests to complete',
  again: 'Expired requests: they can be sent again', late: 'Late requests, to be helped on',
  lastChange: (when) => `Last change: ${when}`,
};
