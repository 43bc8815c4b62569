/** The help that a territory offers to those who copy, in the same words wherever it is offered, asked for and agreed. */
import type { Enum } from '../lib/graphql';

type Levels = Record<Enum<'SupportLevel'>, readonly [name: string, what: string]>;

export const it: Levels = {
  DOCUMENTS: ['Solo i documenti', 'il kit di riuso e una telefonata'],
  MENTORING: ['Affiancamento', 'da tre a cinque incontri con chi ha realizzato la pratica'],
  FULL: ['Sostegno completo', 'tempo del personale, risorse o dati: serve un accordo scritto prima di iniziare'],
};

export const en: Levels = {
  DOCUMENTS: ['Documents only', 'the reuse kit and one call'],
  MENTORING: ['Mentoring', 'three to five meetings with those who did it'],
  FULL: ['Full support', 'staff time, money or data: a written agreement is needed before the start'],
};

/** The names alone. */
export const namesOf = (levels: Levels): Record<keyof Levels, string> =>
  ({ DOCUMENTS: levels.DOCUMENTS[0], MENTORING: levels.MENTORING[0], FULL: levels.FULL[0] });
