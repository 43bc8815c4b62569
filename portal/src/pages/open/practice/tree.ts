/** Where the practices of a lineage stand: what it comes from above, what comes from it below. */

export interface Edge {
  childId: string;
  parentId: string;
}

export interface Placed<Node> {
  node: Node;
  x: number;
  y: number;
}

export interface Line<E> {
  edge: E;
  from: readonly [x: number, y: number];
  to: readonly [x: number, y: number];
}

export interface Tree<Node, E> {
  width: number;
  height: number;
  /** Size of a box. */
  box: readonly [width: number, height: number];
  boxes: readonly Placed<Node>[];
  lines: readonly Line<E>[];
}

const BOX_HEIGHT = 116;
const WIDEST = 260;
export const NARROWEST = 150;
const GAP = 20;
const ROW_GAP = 52;

/** Steps down from the first of the practices, less than nothing for those above; in the order of the practices. */
export function stepsOf(ids: readonly string[], edges: readonly Edge[]): Map<string, number> {
  const [first] = ids;
  const steps = new Map<string, number>();
  if (first === undefined) return steps;
  steps.set(first, 0);
  const queue = [first];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const step = steps.get(id) ?? 0;
    for (const { childId, parentId } of edges) {
      const [other, at] = id === parentId ? [childId, step + 1] : id === childId ? [parentId, step - 1] : [id, step];
      if (steps.has(other) || !ids.includes(other)) continue;
      steps.set(other, at);
      queue.push(other);
    }
  }
  return steps;
}

/** The drawing in a given width; undefined where its boxes would be too narrow to read. */
export function treeOf<Node extends { id: string }, E extends Edge>(
  nodes: readonly Node[],
  edges: readonly E[],
  width: number,
): Tree<Node, E> | undefined {
  const steps = stepsOf(nodes.map(({ id }) => id), edges);
  const rows = new Map<number, Node[]>();
  for (const node of nodes) {
    const step = steps.get(node.id);
    if (step !== undefined) rows.set(step, [...(rows.get(step) ?? []), node]);
  }
  const most = Math.max(1, ...[...rows.values()].map((row) => row.length));
  const boxWidth = Math.min(WIDEST, Math.floor((width - GAP * (most - 1)) / most));
  if (boxWidth < NARROWEST) return undefined;
  const order = [...rows.keys()].sort((a, b) => a - b);
  const boxes = order.flatMap((step, at) => {
    const row = rows.get(step) ?? [];
    const left = (width - row.length * boxWidth - (row.length - 1) * GAP) / 2;
    return row.map((node, column) => ({ node, x: left + column * (boxWidth + GAP), y: at * (BOX_HEIGHT + ROW_GAP) }));
  });
  const boxOf = new Map(boxes.map((box) => [box.node.id, box]));
  const lines = edges.flatMap((edge): Line<E>[] => {
    const [parent, child] = [boxOf.get(edge.parentId), boxOf.get(edge.childId)];
    if (!parent || !child) return [];
    return [{ edge, from: [parent.x + boxWidth / 2, parent.y + BOX_HEIGHT], to: [child.x + boxWidth / 2, child.y] }];
  });
  const height = order.length * BOX_HEIGHT + Math.max(0, order.length - 1) * ROW_GAP;
  return { width, height, box: [boxWidth, BOX_HEIGHT], boxes, lines };
}
