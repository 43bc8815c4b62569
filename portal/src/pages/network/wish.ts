/** What the address says of the part of the network that is wanted. */
import { today } from '../../lib/days';
import type { Enum } from '../../lib/graphql';
import { PROVINCES } from '../../parts/texts';

export type Level = Enum<'NetworkLevel'>;
export const LEVELS = ['ROLLED_UP', 'ALL', 'AMBITO', 'COMUNE'] as const satisfies readonly Level[];

export interface Wish {
  from: string | null;
  to: string | null;
  field: string | null;
  province: string | null;
  level: Level;
}

const monthOf = (text: string | null): string | null => (/^20\d{2}-(0[1-9]|1[0-2])$/.test(text ?? '') ? text : null);

export function wishOf(search: URLSearchParams): Wish {
  const [one, other] = [monthOf(search.get('from')), monthOf(search.get('to'))];
  // The other way round, it is still clear which months are meant.
  const [from, to] = one && other && one > other ? [other, one] : [one, other];
  return {
    from,
    to,
    field: search.get('field') || null,
    province: PROVINCES.find(([code]) => code === search.get('province'))?.[0] ?? null,
    level: LEVELS.find((level) => level === search.get('level')) ?? 'ROLLED_UP',
  };
}

/** As the hub wants it: without what is not wanted. */
export const filterOf = ({ from, to, field, province, level }: Wish) => ({
  level,
  ...(from && { from }),
  ...(to && { to }),
  ...(field && { field }),
  ...(province && { province }),
});

export const isNarrowed = ({ from, to, field, province }: Wish): boolean => Boolean(from ?? to ?? field ?? province);

/** So many months until this one, the latest first, and the chosen one wherever it lies. */
export function monthsFor(chosen: string | null, count = 36, now = today()): string[] {
  const [year = 0, month = 1] = now.split('-').map(Number);
  const last = year * 12 + month - 1;
  const months = Array.from({ length: count }, (_, ago) => last - ago).map((at) => `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`);
  return chosen && !months.includes(chosen) ? [...months, chosen].sort().reverse() : months;
}

/** How many requests and copies there are at least: a copy that came of a request counts with it. */
export const exchangesIn = ({ requests, replications }: { requests: { total: number; completed: number }; replications: number }): number =>
  requests.total + Math.max(0, replications - requests.completed);
