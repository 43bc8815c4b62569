import { describe, expect, test } from 'vitest';
import { stepsOf, treeOf } from '../../src/pages/open/practice/tree';

const nodes = ['me', 'mother', 'daughter', 'son', 'grandmother'].map((id) => ({ id }));
const edge = (childId: string, parentId: string) => ({ childId, parentId });
const edges = [edge('me', 'mother'), edge('daughter', 'me'), edge('son', 'me'), edge('mother', 'grandmother')];

describe('a lineage', () => {
  test('goes down from what it comes from', () => {
    const steps = stepsOf(nodes.map(({ id }) => id), edges);
    expect(Object.fromEntries(steps)).toEqual({ me: 0, mother: -1, grandmother: -2, daughter: 1, son: 1 });
  });

  test('does not run in circles, and leaves out what nothing ties to it', () => {
    expect([...stepsOf(['a', 'b', 'c'], [edge('a', 'b'), edge('b', 'a')]).keys()]).toEqual(['a', 'b']);
    expect(stepsOf([], edges).size).toBe(0);
  });

  test('is drawn row by row, the boxes of a row beside each other and within the width', () => {
    const tree = treeOf(nodes, edges, 700);
    expect(tree?.boxes.map(({ node }) => node.id)).toEqual(['grandmother', 'mother', 'me', 'daughter', 'son']);
    const [width = 0, height = 0] = tree?.box ?? [];
    for (const { x, y } of tree?.boxes ?? []) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(700);
      expect(y + height).toBeLessThanOrEqual(tree?.height ?? 0);
    }
    const [daughter, son] = tree?.boxes.slice(-2) ?? [];
    expect(daughter?.y).toBe(son?.y);
    expect((daughter?.x ?? 0) + width).toBeLessThan(son?.x ?? 0);
  });

  test('has lines from the foot of the parent to the head of the child', () => {
    const tree = treeOf(nodes, edges, 700);
    expect(tree?.lines).toHaveLength(4);
    for (const { from, to } of tree?.lines ?? []) expect(from[1]).toBeLessThan(to[1]);
  });

  test('is not drawn where its boxes would be too narrow', () => {
    expect(treeOf(nodes, edges, 300)).toBeUndefined();
    expect(treeOf(nodes.slice(0, 2), edges, 300)).toBeDefined();
  });
});
