/** What is said of a practice's state and steps, wherever they are shown. */
import type { Enum } from '../../lib/graphql';

export const it = {
  status: { DRAFT: 'Bozza', UNDER_REVIEW: 'In revisione', PUBLISHED: 'Pubblica', ARCHIVED: 'Archiviata' } as Record<Enum<'PracticeStatus'>, string>,
  steps: 'Passi',
  submit: 'Consegna alla revisione',
  submitTitle: 'Consegnare la pratica alla revisione?',
  submitHelp: 'La leggono la facilitazione di ANCI e la Regione. Potete ancora correggerla; se serve, torna a voi con osservazioni.',
  return: 'Rimanda con osservazioni',
  returnHelp: 'La pratica torna bozza e il territorio riceve le osservazioni.',
  remarks: 'Che cosa va cambiato',
  publish: 'Pubblica',
  publishTitle: 'Pubblicare la pratica?',
  publishHelp: 'Da subito la vede chiunque, nelle ricerche e negli elenchi.',
  confirmCase: 'Confermo: non sono dati di persone',
  archive: 'Archivia',
  archiveTitle: 'Archiviare la pratica?',
  archiveHelp: 'Non compare più nelle ricerche e non riceve richieste; resta leggibile al suo indirizzo. Non si torna indietro.',
  waitSave: 'Aspettate che tutto sia salvato: guardate i campi segnati.',
  changed: 'La pratica è cambiata dopo che l’avete aperta: ricaricate la pagina e rileggetela.',
  done: {
    SUBMIT_PRACTICE: 'Consegnata: ora è in revisione.', RETURN_PRACTICE: 'Rimandata al territorio, con le osservazioni.',
    PUBLISH_PRACTICE: 'Pubblicata: la vedono tutti.', ARCHIVE_PRACTICE: 'Archiviata.',
  },
};

export const en: typeof it = {
  status: { DRAFT: 'Draft', UNDER_REVIEW: 'Under review', PUBLISHED: 'Public', ARCHIVED: 'Archived' },
  steps: 'Steps',
  submit: 'Hand in for review',
  submitTitle: 'Hand the practice in for review?',
  submitHelp: 'The facilitators of ANCI and the Region read it. You can still correct it; where needed it comes back with remarks.',
  return: 'Send back with remarks',
  returnHelp: 'The practice becomes a draft again and its territory gets the remarks.',
  remarks: 'What should be changed',
  publish: 'Publish',
  publishTitle: 'Publish the practice?',
  publishHelp: 'From now on everybody sees it, in searches and lists.',
  confirmCase: 'I confirm: it is no person’s data',
  archive: 'Archive',
  archiveTitle: 'Archive the practice?',
  archiveHelp: 'It no longer shows in searches and takes no requests; it stays readable at its address. There is no way back.',
  waitSave: 'Wait until all is saved: look at the marked fields.',
  changed: 'The practice changed after you opened it: reload the page and read it again.',
  done: {
    SUBMIT_PRACTICE: 'Handed in: it is under review now.', RETURN_PRACTICE: 'Sent back to the territory, with the remarks.',
    PUBLISH_PRACTICE: 'Published: everybody sees it.', ARCHIVE_PRACTICE: 'Archived.',
  },
};
