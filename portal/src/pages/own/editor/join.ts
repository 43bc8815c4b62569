/** Two versions of a field put together, and a version as text to read. */
import { keyOf, type Indicator, type Name, type Partner, type Values } from './fields';

/** Mine, then what the other has and I do not. */
export function joined<N extends Name>(name: N, mine: Values[N], theirs: Values[N]): Values[N] {
  if (typeof mine === 'string' && typeof theirs === 'string') return `${mine.trim()}\n\n${theirs.trim()}`.trim() as Values[N];
  if (!Array.isArray(mine) || !Array.isArray(theirs)) return mine;
  const same = (one: unknown) => (typeof one === 'string' ? one : (one as Partner | Indicator).name.trim().toLowerCase());
  const known = new Set((mine as unknown[]).map(same));
  return [...mine, ...(theirs as unknown[]).filter((one) => !known.has(same(one)))] as Values[N];
}

/** To be read, not edited. */
export function asText<N extends Name>(name: N, value: Values[N]): string {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return keyOf(name, value);
  return (value as unknown[])
    .map((one) => {
      if (typeof one === 'string') return one;
      const { name: what, ...more } = one as Indicator;
      return 'unit' in more ? `${what}: ${more.baseline || '–'} → ${more.value || '–'} ${more.unit}` : what;
    })
    .join('\n');
}
