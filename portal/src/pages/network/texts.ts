/** What all pages of the network say. */

export const it = {
  title: 'La rete',
  pages: { all: 'Pagine della rete', graph: 'Chi si rivolge a chi', series: 'Andamento', reach: 'Chi partecipa', lineage: 'Da dove vengono le pratiche' },
  filters: 'Filtri',
  from: 'Dal mese',
  to: 'Al mese',
  begin: 'Dall’inizio',
  today: 'A oggi',
  field: 'Tema',
  anyField: 'Tutti',
  province: 'Provincia',
  anyProvince: 'Tutte',
  clear: 'Togli i filtri',
  illustrative: (some: number, all: number) =>
    some >= all ? 'Tutti gli scambi qui contati sono illustrativi: servono a mostrare come funziona la rete.' : `${some} scambi su ${all} sono illustrativi: servono a mostrare come funziona la rete.`,
  badge: 'Dati illustrativi',
  meaning: 'Che cosa vuol dire',
  state: {
    total: 'Tutte', sent: 'In attesa di risposta', acknowledged: 'Prese in carico', accepted: 'Accettate', inProgress: 'In corso', completed: 'Concluse',
    declined: 'Rifiutate', withdrawn: 'Ritirate', expired: 'Scadute senza risposta', interrupted: 'Interrotte',
  },
  emptyTitle: 'Ancora nessuno scambio',
  emptyHelp: 'La rete nasce quando un territorio chiede a un altro una sua pratica.',
  emptyFiltered: 'Con questi filtri non risulta nessuno scambio. Allargate il periodo o togliete i filtri.',
  toPractices: 'Cerca una pratica da chiedere',
};

export type Texts = typeof it;

export const en: Texts = {
  title: 'The network',
  pages: { all: 'Pages of the network', graph: 'Who turns to whom', series: 'Over time', reach: 'Who takes part', lineage: 'Where practices come from' },
  filters: 'Filters',
  from: 'From month',
  to: 'To month',
  begin: 'From the beginning',
  today: 'Until today',
  field: 'Theme',
  anyField: 'All',
  province: 'Province',
  anyProvince: 'All',
  clear: 'Drop the filters',
  illustrative: (some, all) => (some >= all ? 'All exchanges counted here are illustrative: they show how the network works.' : `${some} of ${all} exchanges are illustrative: they show how the network works.`),
  badge: 'Illustrative data',
  meaning: 'What it means',
  state: {
    total: 'All', sent: 'Waiting for an answer', acknowledged: 'Taken up', accepted: 'Accepted', inProgress: 'Under way', completed: 'Completed',
    declined: 'Declined', withdrawn: 'Withdrawn', expired: 'Expired without an answer', interrupted: 'Interrupted',
  },
  emptyTitle: 'No exchange yet',
  emptyHelp: 'The network is born when a territory asks another for a practice.',
  emptyFiltered: 'With these filters there is no exchange. Widen the period or drop the filters.',
  toPractices: 'Look for a practice to ask for',
};
