/** Practices and what comes from what, as trees: each begins with a practice that comes from no other. */
import type { ResultOf } from '../../../lib/graphql';
import type { LineageForest } from './operations';

type Node = ResultOf<typeof LineageForest>['practices']['nodes'][number];
type Tie = Node['lineage']['parents'][number];
export type Practice = NonNullable<Tie['parent']>;
export type Edge = Omit<Tie, 'parent'>;

export interface Branch {
  practice: Practice;
  /** How it comes from the one above; undefined of the first. */
  edge?: Edge;
  branches: Branch[];
}

export interface Forest {
  trees: Branch[];
  edges: Edge[];
  practices: ReadonlyMap<string, Practice>;
}

/** More steps than lineage has; a circle, which the hub refuses, would end here. */
const DEEPEST = 12;

export function forestOf(nodes: readonly Node[]): Forest {
  const practices = new Map<string, Practice>(nodes.map((node) => [node.id, node]));
  const edges = new Map<string, Edge>();
  for (const { lineage } of nodes) {
    for (const { parent, ...edge } of lineage.parents) {
      // Of what the viewer may not see, nothing is drawn.
      if (!parent) continue;
      if (!practices.has(parent.id)) practices.set(parent.id, parent);
      edges.set(`${edge.parentId} ${edge.childId}`, edge);
    }
  }
  const all = [...edges.values()];
  const below = new Map<string, Edge[]>();
  for (const edge of all) below.set(edge.parentId, [...(below.get(edge.parentId) ?? []), edge]);
  const children = new Set(all.map(({ childId }) => childId));

  const branch = (practice: Practice, edge: Edge | undefined, depth: number): Branch => ({
    practice,
    ...(edge && { edge }),
    branches: (depth < DEEPEST ? (below.get(practice.id) ?? []) : []).flatMap((one) => {
      const child = practices.get(one.childId);
      return child ? [branch(child, one, depth + 1)] : [];
    }),
  });
  const trees = [...below.keys()]
    .filter((id) => !children.has(id))
    .flatMap((id) => practices.get(id) ?? [])
    .map((practice) => branch(practice, undefined, 0))
    .sort((a, b) => sizeOf(b) - sizeOf(a));
  return { trees, edges: all, practices };
}

/** How many practices come from the first. */
export const sizeOf = ({ branches }: Branch): number => branches.reduce((sum, one) => sum + 1 + sizeOf(one), 0);
