/** Finding a territory among all by what one remembers of its names. */
import type { ResultOf } from '../../../lib/graphql';
import type { TerritoriesPage } from './operations';

type Node = ResultOf<typeof TerritoriesPage>['territories']['nodes'][number];
type Ambito = Extract<Node, { __typename: 'Ambito' }>;
export type Listed = Omit<Ambito, '__typename' | 'comuni'> & {
  kind: 'AMBITO' | 'COMUNE';
  /** The Ambito of a Comune. */
  within?: string;
};

/** Ambiti and Comuni in one list, by name; an Ambito goes before the Comune of the same name. */
export function listOf(nodes: readonly Node[]): Listed[] {
  const all = nodes.flatMap((node): Listed[] => {
    if (node.__typename !== 'Ambito') return [];
    const { __typename: _, comuni, ...ambito } = node;
    return [{ ...ambito, kind: 'AMBITO' }, ...comuni.map((comune): Listed => ({ ...comune, kind: 'COMUNE', within: ambito.name }))];
  });
  return all.sort((a, b) => a.name.localeCompare(b.name, 'it') || a.kind.localeCompare(b.kind));
}

/** Without accents, case and what is no letter or digit, so that "nardo" finds Nardò. */
export const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();

export interface Wish {
  text: string;
  kind: string | null;
  province: string | null;
}

export function found(list: readonly Listed[], { text, kind, province }: Wish): Listed[] {
  const words = plain(text).split(' ').filter(Boolean);
  return list.filter((territory) => {
    if (kind && territory.kind !== kind) return false;
    if (province && territory.province.code !== province) return false;
    if (!words.length) return true;
    const names = plain([territory.fullName, ...territory.aliases].join(' '));
    return words.every((word) => names.includes(word));
  });
}
