/** What the editor edits: each field of a practice, how it is shown in a form and how it is sent to the hub. */
import type { Enum, FragmentOf } from '../../../lib/graphql';
import { numberToText, textToNumber } from '../../../lib/numbers';
import type { EditedPractice } from './operations';

export type Edited = FragmentOf<typeof EditedPractice>;
export type PartnerKind = Enum<'PartnerKind'>;
export type SupportLevel = Enum<'SupportLevel'>;
export interface Partner { name: string; kind: PartnerKind }
export interface Indicator { code: string; name: string; unit: string; baseline: string; value: string; measuredOn: string; source: string }

/** As the form holds them: numbers and months are the text that was typed. */
export interface Values {
  title: string; abstract: string; field: string; startedOn: string; endedOn: string;
  otherFields: string[]; targets: string[]; tools: string[]; funds: string[]; places: string[];
  context: string; objectives: string; method: string; results: string;
  obstacles: string; improvements: string; replicability: string;
  budgetEur: string; setupCostEur: string; yearlyCostEur: string; staffFte: string; monthsToStart: string; peopleReached: string;
  evidenceLevel: string; indicators: Indicator[]; coreElements: string[]; adaptableElements: string[]; partners: Partner[];
  supportLevels: SupportLevel[]; supportCapacity: string; supportOpen: boolean; sources: string[]; provenanceNote: string;
}
export type Name = keyof Values;

/** What kind of value a field holds, and its limit: characters, items, or the greatest number. */
export type Kind = 'line' | 'text' | 'whole' | 'decimal' | 'month' | 'code' | 'codes' | 'lines' | 'partners' | 'indicators' | 'flag';
export const fields: Record<Name, { kind: Kind; most: number; each?: number }> = {
  title: { kind: 'line', most: 100 }, abstract: { kind: 'text', most: 600 },
  field: { kind: 'code', most: 1 }, otherFields: { kind: 'codes', most: 4 }, targets: { kind: 'codes', most: 15 },
  tools: { kind: 'codes', most: 20 }, funds: { kind: 'codes', most: 10 }, places: { kind: 'lines', most: 30, each: 100 },
  startedOn: { kind: 'month', most: 7 }, endedOn: { kind: 'month', most: 7 },
  context: { kind: 'text', most: 10_000 }, objectives: { kind: 'text', most: 10_000 }, method: { kind: 'text', most: 10_000 },
  results: { kind: 'text', most: 10_000 }, obstacles: { kind: 'text', most: 10_000 },
  improvements: { kind: 'text', most: 10_000 }, replicability: { kind: 'text', most: 10_000 },
  budgetEur: { kind: 'whole', most: 1e9 }, setupCostEur: { kind: 'whole', most: 1e9 }, yearlyCostEur: { kind: 'whole', most: 1e9 },
  staffFte: { kind: 'decimal', most: 1000 }, monthsToStart: { kind: 'whole', most: 240 }, peopleReached: { kind: 'whole', most: 1e7 },
  evidenceLevel: { kind: 'whole', most: 4 }, indicators: { kind: 'indicators', most: 30 },
  coreElements: { kind: 'lines', most: 20, each: 300 }, adaptableElements: { kind: 'lines', most: 20, each: 300 },
  partners: { kind: 'partners', most: 30 }, supportLevels: { kind: 'codes', most: 3 }, supportCapacity: { kind: 'whole', most: 20 },
  supportOpen: { kind: 'flag', most: 1 }, sources: { kind: 'lines', most: 20, each: 500 }, provenanceNote: { kind: 'text', most: 2_000 },
};
export const names = Object.keys(fields) as Name[];

/** Fields that the hub judges together: what is refused of one is tried again when the other changes. */
export const companions: Partial<Record<Name, Name>> = {
  startedOn: 'endedOn', endedOn: 'startedOn', supportOpen: 'supportLevels', supportLevels: 'supportOpen',
  objectives: 'method', method: 'objectives',
};

const codes = (terms: Edited['targets']): string[] => terms.map((term) => term.code);
const number = (value: number | null): string => (value === null ? '' : numberToText(value));

/** The practice as a form. */
export function shown(p: Edited): Values {
  return {
    title: p.title, abstract: p.abstract, field: p.field?.code ?? '', startedOn: p.startedOn ?? '', endedOn: p.endedOn ?? '',
    otherFields: codes(p.otherFields), targets: codes(p.targets), tools: codes(p.tools), funds: codes(p.funds), places: p.places,
    context: p.context?.source ?? '', objectives: p.objectives?.source ?? '', method: p.method?.source ?? '', results: p.results?.source ?? '',
    obstacles: p.obstacles?.source ?? '', improvements: p.improvements?.source ?? '', replicability: p.replicability?.source ?? '',
    budgetEur: number(p.budgetEur), setupCostEur: number(p.setupCostEur), yearlyCostEur: number(p.yearlyCostEur),
    staffFte: number(p.staffFte), monthsToStart: number(p.monthsToStart), peopleReached: number(p.peopleReached),
    evidenceLevel: String(p.evidenceLevel), coreElements: p.coreElements, adaptableElements: p.adaptableElements,
    indicators: p.indicators.map((one) => ({ ...one, baseline: number(one.baseline), value: number(one.value), measuredOn: one.measuredOn ?? '' })),
    partners: p.partners, supportLevels: p.supportOffer.levels, supportCapacity: String(p.supportOffer.capacity),
    supportOpen: p.supportOffer.isOpen, sources: p.provenance.sources, provenanceNote: p.provenance.note,
  };
}

/** Rows of which nothing was filled in are not sent; these are the others. */
export const filled = (rows: readonly Indicator[]): Indicator[] =>
  rows.filter((row) => [row.name, row.unit, row.baseline, row.value, row.source, row.measuredOn].some((text) => text.trim()));

/** The value as the hub takes it; `undefined` where it cannot be one, for instance letters in a number. */
export function sent<N extends Name>(name: N, value: Values[N]): unknown {
  const { kind, most } = fields[name];
  if (kind === 'line' || kind === 'text') return (value as string).trim();
  if (kind === 'whole' || kind === 'decimal') {
    const number = textToNumber(value as string, kind === 'whole');
    return number !== null && number !== undefined && (number < 0 || number > most) ? undefined : number;
  }
  if (kind === 'month') {
    if (value === '') return null;
    return /^\d{4}-(0[1-9]|1[0-2])$/.test(value as string) ? value : undefined;
  }
  if (kind === 'code') return value === '' ? null : value;
  if (kind === 'lines') return [...new Set((value as string[]).map((line) => line.trim()).filter(Boolean))];
  if (kind === 'partners') {
    return (value as Partner[]).filter((one) => one.name.trim()).map((one) => ({ name: one.name.trim(), kind: one.kind }));
  }
  if (kind === 'indicators') return indicators(value as Indicator[]);
  return value;
}

function indicators(rows: Indicator[]): unknown[] | undefined {
  const taken = new Set(rows.map((row) => row.code).filter(Boolean));
  const all = filled(rows).map((row) => {
    const [baseline, value] = [textToNumber(row.baseline), textToNumber(row.value)];
    if (baseline === undefined || value === undefined) return undefined;
    const code = row.code || freeCode(row.name, taken);
    taken.add(code);
    return { code, name: row.name.trim(), unit: row.unit.trim(), baseline, value, measuredOn: row.measuredOn || null, source: row.source.trim() };
  });
  return all.includes(undefined) ? undefined : all;
}

/** A code made of the name: `persone_seguite`, with a number behind it where it is taken. */
function freeCode(name: string, taken: Set<string>): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const base = plain.replace(/[^a-z0-9]+/g, '_').replace(/^_|_$/g, '').slice(0, 50) || 'indicatore';
  for (let n = 1; ; n++) {
    const code = n === 1 ? base : `${base}_${n}`;
    if (!taken.has(code)) return code;
  }
}

/** One text for each value, to compare by. */
export const keyOf = <N extends Name>(name: N, value: Values[N]): string => JSON.stringify(sent(name, value)) ?? 'wrong';
