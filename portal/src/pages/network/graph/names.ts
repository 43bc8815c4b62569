/** How the drawing calls a territory: by its name alone, where Ambiti and Comuni do not stand side by side. */
import type { Node } from './types';

type Named = Pick<Node, 'territory'>;

export function namesOf(nodes: readonly Named[]): string[] {
  const kinds = new Set(nodes.map(({ territory }) => territory.__typename));
  return nodes.map(({ territory }) => (kinds.size > 1 && territory.__typename === 'Ambito' ? territory.fullName : territory.name));
}
