/** What the map shows of each Ambito: its own practices and those of its Comuni. */
import type { ResultOf } from '../../lib/graphql';
import type { AmbitiOfMap } from './operations';

type Answer = ResultOf<typeof AmbitiOfMap>;

export interface AmbitoOfMap {
  id: string;
  slug: string;
  name: string;
  practices: number;
}

const comuniOf = (node: Answer['territories']['nodes'][number]) => ('comuni' in node ? (node.comuni ?? []) : []);

export const ambitiOf = (answer: Answer | undefined): AmbitoOfMap[] =>
  (answer?.territories.nodes ?? [])
    .map((node) => ({
      id: node.id,
      slug: node.slug,
      name: node.name,
      practices: comuniOf(node).reduce((sum, comune) => sum + comune.practicesCount, node.practicesCount),
    }))
    .sort((a, b) => a.name.localeCompare(b.name, 'it'));

export const countsOf = (ambiti: readonly AmbitoOfMap[]): Map<string, number> =>
  new Map(ambiti.map(({ name, practices }) => [name, practices]));

/** How many Ambiti and Comuni have a practice. */
export const territoriesWithPractices = (answer: Answer): number =>
  answer.territories.nodes
    .flatMap((node) => [node, ...comuniOf(node)])
    .filter(({ practicesCount }) => practicesCount > 0).length;
