/** What the forest of lineages says. */
import type { Enum } from '../../../lib/graphql';

export const it = {
  title: 'Da dove vengono le pratiche',
  lead: 'Le pratiche da cui altri territori hanno copiato o preso spunto, e che cosa ne è nato.',
  trees: (count: number) => (count === 1 ? '1 pratica da cui ne sono nate altre' : `${count} pratiche da cui ne sono nate altre`),
  born: (count: number) => (count === 1 ? 'ne è nata 1' : `ne sono nate ${count}`),
  how: 'Linea intera: chi ha l’originale ha confermato. Linea tratteggiata: lo dice solo chi ha copiato.',
  kinds: { COPIED: 'Copia', ADAPTED: 'Adattamento', INSPIRED_BY: 'Ispirata', COMPONENT_OF: 'Parte', MERGED_FROM: 'Unione di più pratiche' } as Record<Enum<'LineageKind'>, string>,
  unconfirmed: 'da confermare',
  emptyTitle: 'Nessuna pratica viene ancora da un’altra',
  emptyHelp: 'Un legame nasce quando una replica si conclude, o quando un territorio dice da quale pratica viene la sua.',
  toPractices: 'Cerca una pratica da copiare',
  read: (count: number, all: number) => `Sono state lette ${count} pratiche su ${all}: le altre possono avere legami che qui non si vedono.`,
  table: 'I legami',
  head: { child: 'Pratica', childOwner: 'Di chi è', kind: 'Come', parent: 'Viene da', parentOwner: 'Di chi è l’originale', confirmed: 'Confermata', request: 'Nata da una richiesta', declared: 'Dichiarata' },
  yes: 'sì', no: 'no',
};

export const en: typeof it = {
  title: 'Where practices come from',
  lead: 'The practices that other territories have copied or learned from, and what came of them.',
  trees: (count) => (count === 1 ? '1 practice that others come from' : `${count} practices that others come from`),
  born: (count) => (count === 1 ? '1 came of it' : `${count} came of it`),
  how: 'Solid line: the original’s owner has confirmed it. Dashed line: only who copied says so.',
  kinds: { COPIED: 'Copy', ADAPTED: 'Adaptation', INSPIRED_BY: 'Inspired', COMPONENT_OF: 'Part', MERGED_FROM: 'Merged from several' },
  unconfirmed: 'to be confirmed',
  emptyTitle: 'No practice comes from another yet',
  emptyHelp: 'A tie is made when a replication is completed, or when a territory says which practice its own comes from.',
  toPractices: 'Look for a practice to copy',
  read: (count, all) => `${count} of ${all} practices were read: the others may have ties that are not seen here.`,
  table: 'The ties',
  head: { child: 'Practice', childOwner: 'Whose', kind: 'How', parent: 'Comes from', parentOwner: 'Whose original', confirmed: 'Confirmed', request: 'Born of a request', declared: 'Declared' },
  yes: 'yes', no: 'no',
};
