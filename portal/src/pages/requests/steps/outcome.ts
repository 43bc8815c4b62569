/** The outcome form's values, as typed, and the input made of them. */
import { today } from '../../../lib/days';
import { textToNumber } from '../../../lib/numbers';
import type { UserError } from '../../../lib/refusals';
import type { Whole } from '../turn';

export const NUMBERS = ['hoursGiven', 'hoursSpent', 'setupCostEur', 'yearlyCostEur'] as const;
type NumberName = (typeof NUMBERS)[number];
export type LineName = NumberName | 'result' | 'startedOn' | 'endedOn' | 'changes' | 'obstacles' | 'lessons' | 'satisfaction';

export interface Written {
  lines: Partial<Record<LineName, string>>;
  /** Core elements that were left out; the others were kept. */
  left: string[];
  /** Before and after, by the original's code. */
  indicators: Record<string, { baseline?: string; value?: string }>;
}

/** Only documents were asked for and no work was started: three fields. */
export const isShort = (request: Whole): boolean => request.state === 'ACCEPTED';

export function blank(request: Whole): Written {
  const lines = isShort(request) ? {} : { startedOn: request.startedOn ?? '', endedOn: today() };
  return { lines, left: [], indicators: {} };
}

/** The input of the mutation, and the fields whose number is none. */
export function inputOf(request: Whole, { lines, left, indicators }: Written): { input: object; wrong: string[] } {
  const wrong: string[] = [];
  const number = (name: string, text: string | undefined, whole = false): number | undefined => {
    const value = textToNumber(text ?? '', whole);
    if (value === undefined) wrong.push(name);
    return value ?? undefined;
  };
  const texts = (['startedOn', 'endedOn', 'changes', 'obstacles', 'lessons'] as const).filter((name) => lines[name]?.trim());
  const short = {
    result: lines.result,
    ...Object.fromEntries(texts.map((name) => [name, lines[name]])),
    satisfaction: number('satisfaction', lines.satisfaction),
  };
  if (isShort(request)) return { input: short, wrong };
  const measured = (request.practice?.indicators ?? []).flatMap(({ code }) => {
    const { baseline, value } = indicators[code] ?? {};
    const after = number(`${code}-value`, value);
    const before = number(`${code}-baseline`, baseline);
    if (before !== undefined && after === undefined) wrong.push(`${code}-value`);
    return after === undefined ? [] : [{ code, value: after, ...(before !== undefined && { baseline: before }) }];
  });
  const kept = (request.practice?.coreElements ?? []).filter((element) => !left.includes(element));
  const numbers = Object.fromEntries(NUMBERS.map((name) => [name, number(name, lines[name], true)]));
  return { input: { ...short, ...numbers, coreElementsKept: kept, indicators: measured }, wrong };
}

/** What is needed and missing, before the hub is asked. */
export function missing(request: Whole, { lines }: Written, message: string): UserError[] {
  const needed: LineName[] = isShort(request) ? ['result', 'lessons', 'satisfaction'] : ['result', 'startedOn', 'endedOn', 'obstacles', 'lessons', 'satisfaction'];
  if (!isShort(request) && lines.result && lines.result !== 'FULL') needed.push('changes');
  return needed.filter((name) => !lines[name]?.trim()).map((name) => ({ code: 'REQUIRED', field: [name], message }));
}
