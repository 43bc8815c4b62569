/** What the map of who takes part says. */
import type { Part } from './parts';

export const it = {
  title: 'Chi partecipa',
  lead: 'I 45 Ambiti della Puglia: chi ha già dato o chiesto una pratica, da solo o con un suo Comune, e chi manca.',
  map: 'Mappa degli Ambiti per come partecipano: sceglietene uno per aprire la sua pagina',
  legend: 'Come partecipano',
  parts: { none: 'ancora nessuno scambio', receives: 'ha chiesto', gives: 'è stato chiamato', both: 'ha chiesto ed è stato chiamato' } as Record<Part, string>,
  reached: (reach: number, all: number) => `${reach} Ambiti su ${all} partecipano`,
  explained: [
    ['Ha chiesto', 'ha mandato almeno una richiesta, o ha copiato una pratica di altri.'],
    ['È stato chiamato', 'altri gli hanno mandato una richiesta, o hanno copiato una sua pratica.'],
  ] as readonly (readonly [string, string])[],
  missing: 'Chi manca ma ha già pratiche',
  missingHelp: 'Hanno pubblicato pratiche che nessuno ha ancora chiesto: sono i primi da far conoscere.',
  practices: (count: number) => (count === 1 ? '1 pratica' : `${count} pratiche`),
  noneMissing: 'Ogni Ambito che ha pubblicato una pratica è già in rete.',
  table: 'Gli Ambiti',
  head: { ambito: 'Ambito', province: 'Prov.', part: 'Come partecipa', practices: 'Pratiche', sent: 'Richieste mandate', received: 'Richieste ricevute', given: 'Copie date', copied: 'Copie fatte', population: 'Abitanti' },
};

export const en: typeof it = {
  title: 'Who takes part',
  lead: 'The 45 Ambiti of Puglia: who has given or asked for a practice, itself or with one of its Comuni, and who is missing.',
  map: 'Map of the Ambiti by how they take part: choose one to open its page',
  legend: 'How they take part',
  parts: { none: 'no exchange yet', receives: 'has asked', gives: 'was asked', both: 'has asked and was asked' },
  reached: (reach, all) => `${reach} of ${all} Ambiti take part`,
  explained: [
    ['Has asked', 'sent at least one request, or copied a practice of others.'],
    ['Was asked', 'others sent it a request, or copied a practice of it.'],
  ],
  missing: 'Who is missing but has practices',
  missingHelp: 'They have published practices that nobody has asked for yet: the first to make known.',
  practices: (count) => (count === 1 ? '1 practice' : `${count} practices`),
  noneMissing: 'Each Ambito that has published a practice takes part already.',
  table: 'The Ambiti',
  head: { ambito: 'Ambito', province: 'Prov.', part: 'How it takes part', practices: 'Practices', sent: 'Requests sent', received: 'Requests received', given: 'Copies given', copied: 'Copies made', population: 'Inhabitants' },
};
