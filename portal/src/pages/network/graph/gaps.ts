/** What is said of what the network lacks. */

export const it = {
  title: 'Che cosa manca',
  fields: 'Temi senza una pratica',
  fieldsHelp: 'Qui nessuno ha ancora pubblicato: chi ha già fatto qualcosa può raccontarlo.',
  noFields: 'In ogni tema c’è almeno una pratica pubblicata.',
  needs: 'Chi cerca e non trova',
  needsHelp: 'Nessuna pratica pubblicata risponde a queste ricerche, dalla più vecchia.',
  noNeeds: 'Ogni ricerca aperta trova almeno una pratica adatta.',
  need: 'Ricerca senza testo',
};

export const en: typeof it = {
  title: 'What is missing',
  fields: 'Themes without a practice',
  fieldsHelp: 'Nobody has published here yet: who has done something can tell it.',
  noFields: 'Each theme has at least one published practice.',
  needs: 'Who looks and does not find',
  needsHelp: 'No published practice answers these needs, the oldest first.',
  noNeeds: 'Each open need finds at least one practice that fits.',
  need: 'A need without words',
};
