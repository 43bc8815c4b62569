/** What matches say. */
import type { Enum } from '../../../lib/graphql';

export const it = {
  ofHundred: 'su 100',
  legend: 'Nella barra ogni colonna è un aspetto: larga quanto conta, piena quanto corrisponde, tratteggiata dove manca il dato.',
  coverage: (known: string) => `Il giudizio si basa sul ${known} di ciò che conta: il resto non è noto.`,
  reasons: 'Perché',
  cautions: 'Da considerare',
  unknown: (count: number) => (count === 1 ? 'Manca il dato su un aspetto' : `Mancano i dati su ${count} aspetti`),
  mentor: (owner: string) => `L’ha già copiata e ha una dimensione più vicina alla vostra. Viene dall’esperienza di un altro territorio (${owner}):`,
  budget: (amount: string) => `Costo ${amount}`,
  noBudget: 'Costo non indicato',
  ask: 'Chiedi aiuto',
  read: 'Leggi la pratica',
  bar: (parts: string) => `Quanto corrisponde, aspetto per aspetto: ${parts}`,
  unknownPart: 'non noto',
  allParts: 'Tutti gli aspetti, uno per uno',
  partName: 'Aspetto', partWeight: 'Quanto conta', partValue: 'Quanto corrisponde',
  part: {
    FIELD: 'Tema', TARGET: 'Destinatari', TOOLS: 'Strumenti', TEXT: 'Parole', COST: 'Costo', STAFF: 'Personale', TIME: 'Tempo', FUND: 'Fondi',
    SIZE: 'Abitanti', AREA: 'Classe di area', DISTANCE: 'Distanza', EVIDENCE: 'Solidità dei risultati', KIT: 'Kit di riuso',
  } as Record<Enum<'MatchPartCode'>, string>,
};

export const en: typeof it = {
  ofHundred: 'of 100',
  legend: 'In the bar each column is an aspect: as wide as it counts, filled as far as it fits, hatched where the figure is missing.',
  coverage: (known) => `Judged on ${known} of what counts: the rest is not known.`,
  reasons: 'Why',
  cautions: 'To consider',
  unknown: (count) => (count === 1 ? 'One aspect lacks data' : `${count} aspects lack data`),
  mentor: (owner) => `It has copied the practice and is nearer to you in size. It comes from the experience of another territory (${owner}):`,
  budget: (amount) => `Cost ${amount}`,
  noBudget: 'Cost not stated',
  ask: 'Ask for help',
  read: 'Read the practice',
  bar: (parts) => `How it fits, aspect by aspect: ${parts}`,
  unknownPart: 'not known',
  allParts: 'All aspects, one by one',
  partName: 'Aspect', partWeight: 'How much it counts', partValue: 'How well it fits',
  part: {
    FIELD: 'Theme', TARGET: 'Target groups', TOOLS: 'Tools', TEXT: 'Words', COST: 'Cost', STAFF: 'Staff', TIME: 'Time', FUND: 'Funds',
    SIZE: 'Inhabitants', AREA: 'Class of area', DISTANCE: 'Distance', EVIDENCE: 'Evidence of results', KIT: 'Kit for reuse',
  },
};
