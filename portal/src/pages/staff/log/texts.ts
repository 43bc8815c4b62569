/** What the log of what happened says. */
import type { Group } from './kinds';

export const it = {
  title: 'Registro',
  lead: 'Chi ha fatto che cosa, e quando: dal più recente. Non contiene testi né dati personali oltre ai nomi.',
  filters: 'Filtra il registro',
  about: 'Riguarda', everything: 'Tutto', since: 'Dal', until: 'Al',
  groups: {
    practice: 'Pratiche', request: 'Richieste di replica', conversation: 'Conversazioni', contact: 'Referenti', member: 'Persone dei territori',
    person: 'Accessi e chiavi', document: 'Documenti', lineage: 'Discendenza delle pratiche', territory: 'Elenco dei territori',
    vocabulary: 'Vocabolari', mail: 'Lettere non recapitate, indirizzi',
  } as Record<Group, string>,
  count: (shown: number, all: string) => (all === '1' ? 'Una voce.' : `${shown} di ${all} voci.`),
  nobody: 'Il servizio stesso o una persona non più registrata',
  onlyBy: (name: string) => `Solo ciò che ha fatto ${name}.`,
  onlyOne: 'Solo ciò che riguarda un oggetto.',
  onlyBySomebody: 'Solo ciò che ha fatto una persona.',
  all: 'Mostra tutto', actsOf: (name: string) => `Mostra solo ciò che ha fatto ${name}`,
  history: 'La sua storia',
  forWhom: (name: string) => `per: ${name}`,
  none: 'Niente nel registro',
  noneHelp: 'Con questi filtri non risulta niente. Allargate il periodo o togliete i filtri.',
  noFilters: 'Togli i filtri',
};

export const en: typeof it = {
  title: 'Log',
  lead: 'Who did what, and when: the latest first. It holds no texts, and no personal data but names.',
  filters: 'Filter the log',
  about: 'About', everything: 'Everything', since: 'From', until: 'To',
  groups: {
    practice: 'Practices', request: 'Replication requests', conversation: 'Conversations', contact: 'Contacts', member: 'People of territories',
    person: 'Sign-ins and keys', document: 'Documents', lineage: 'Descent of practices', territory: 'List of territories',
    vocabulary: 'Vocabularies', mail: 'Mails not delivered, addresses',
  },
  count: (shown, all) => (all === '1' ? 'One entry.' : `${shown} of ${all} entries.`),
  nobody: 'The service itself or somebody no longer registered',
  onlyBy: (name) => `Only what ${name} did.`,
  onlyOne: 'Only what is about one object.',
  onlyBySomebody: 'Only what one person did.',
  all: 'Show everything', actsOf: (name) => `Show only what ${name} did`,
  history: 'Its history',
  forWhom: (name) => `for: ${name}`,
  none: 'Nothing in the log',
  noneHelp: 'With these filters there is nothing. Widen the period or take the filters away.',
  noFilters: 'Take the filters away',
};
