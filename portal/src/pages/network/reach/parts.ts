/** Which part each Ambito takes in the network. */
import type { ResultOf } from '../../../lib/graphql';
import type { NetworkReach } from './operations';

type Answer = ResultOf<typeof NetworkReach>;

/** From the lightest to the darkest on the map. */
export const PARTS = ['none', 'receives', 'gives', 'both'] as const;
export type Part = (typeof PARTS)[number];

export interface Row {
  id: string;
  slug: string;
  name: string;
  fullName: string;
  province: string;
  population: number | null;
  part: Part;
  practices: number;
  sent: number;
  received: number;
  given: number;
  copied: number;
}

export const partOf = (gives: boolean, receives: boolean): Part => (gives && receives ? 'both' : gives ? 'gives' : receives ? 'receives' : 'none');

/** Every Ambito, whoever of it acts, also those that the network does not name. */
export function rowsOf({ network, territories }: Answer): Row[] {
  const nodes = new Map(network?.nodes.map((node) => [node.territory.id, node]));
  return territories.nodes.map(({ id, slug, name, fullName, population, province }) => {
    const node = nodes.get(id);
    const [sent, received, given, copied] = [node?.requestsSent.total ?? 0, node?.requestsReceived.total ?? 0, node?.given ?? 0, node?.received ?? 0];
    return { id, slug, name, fullName, population, province: province.code, practices: node?.practicesRun ?? 0, sent, received, given, copied, part: partOf(received + given > 0, sent + copied > 0) };
  });
}
