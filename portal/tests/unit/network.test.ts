import { describe, expect, test, vi } from 'vitest';
import { groupsOf } from '../../src/pages/network/graph/groups';
import { curve, drawn, labelsOf, outline, thickness } from '../../src/pages/network/graph/picture';
import { forestOf, sizeOf } from '../../src/pages/network/lineage/forest';
import { partOf } from '../../src/pages/network/reach/parts';
import { everyOf, ticksOf } from '../../src/pages/network/series/series';
import { agesOf } from '../../src/pages/staff/cockpit/ages';

vi.stubGlobal('location', { search: '', pathname: '/' });
vi.stubGlobal('document', { documentElement: {} });
vi.stubGlobal('localStorage', { getItem: () => 'it', setItem: () => {} });
const { exchangesIn, filterOf, isNarrowed, monthsFor, wishOf } = await import('../../src/pages/network/wish');

const node = (community: number, pageRank: number, name: string) => ({ community, pageRank, territory: { name } });

test('groups are those of two or more, around whom the network turns to most', () => {
  const groups = groupsOf([node(0, 0.1, 'A'), node(0, 0.3, 'B'), node(1, 0.2, 'C'), node(2, 0.1, 'D'), node(2, 0.1, 'E')]);
  expect([...groups.values()].map(({ letter, around, size }) => [letter, around, size])).toEqual([['A', 'B', 2], ['B', 'D', 2]]);
  expect(groups.has(1)).toBe(false);
});

describe('the drawing', () => {
  const nodes = Array.from({ length: 60 }, (_, at) => ({ x: 480 + (at % 8), y: 500 + Math.floor(at / 8), name: `T${at}`, weight: at % 5 }));

  test.each([320, 800])('leaves nobody outside or upon another (%i px)', (width) => {
    const { dots, height } = drawn(nodes, width);
    for (const [at, a] of dots.entries()) {
      expect(a.x >= a.radius && a.x <= width - a.radius && a.y >= a.radius && a.y <= height - a.radius).toBe(true);
      for (const b of dots.slice(at + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(Math.max(a.radius, b.radius));
    }
  });

  test('keeps north up and east to the right, of few or none too', () => {
    const place = (x: number, y: number) => ({ x, y, name: 'T', weight: 1 });
    const { dots: [west, east] } = drawn([place(100, 900), place(900, 100)], 800);
    expect((west?.x ?? 0) < (east?.x ?? 0) && (west?.y ?? 0) > (east?.y ?? 0)).toBe(true);
    expect(drawn([place(500, 500)], 800).dots).toHaveLength(1);
    expect(drawn([], 800).dots).toEqual([]);
  });

  test('has lines that end before the mark, thicker where more was asked', () => {
    const dot = { y: 0, radius: 10, name: '' };
    const end = curve({ ...dot, x: 0 }, { ...dot, x: 100 }, 0).split(' ').at(-1);
    expect(end).toBe('85.0,0.0');
    expect(thickness(9)).toBeGreaterThan(thickness(1));
    expect(thickness(10_000)).toBeLessThan(10);
    expect(new Set(Array.from({ length: 8 }, (_, mark) => outline(mark, 5))).size).toBe(8);
  });
});

describe('what the address wants', () => {
  const of = (search: string) => wishOf(new URLSearchParams(search));

  test('is told to the hub without what is not wanted', () => {
    expect(filterOf(of(''))).toEqual({ level: 'ROLLED_UP' });
    expect(filterOf(of('level=COMUNE&province=FG&field=X&from=2026-01&to=2026-02'))).toEqual({ level: 'COMUNE', province: 'FG', field: 'X', from: '2026-01', to: '2026-02' });
    expect([isNarrowed(of('level=ALL')), isNarrowed(of('field=X'))]).toEqual([false, true]);
  });

  test('is mended where it is nonsense, and months stand in their order', () => {
    expect(filterOf(of('level=X&province=RM&from=2026-13'))).toEqual({ level: 'ROLLED_UP' });
    expect(of('from=2026-05&to=2026-01')).toMatchObject({ from: '2026-01', to: '2026-05' });
  });

  test('names months back to any that is chosen', () => {
    expect(monthsFor(null, 3, '2026-01-15')).toEqual(['2026-01', '2025-12', '2025-11']);
    expect(monthsFor('2020-01', 2, '2026-01-15')).toEqual(['2026-01', '2025-12', '2020-01']);
  });
});

test('axes have round marks, and as many names as fit', () => {
  expect([ticksOf(0), ticksOf(3), ticksOf(14), ticksOf(160)]).toEqual([[0, 1], [0, 1, 2, 3], [0, 5, 10, 15], [0, 50, 100, 150, 200]]);
  expect([everyOf(24, 1200, 50), everyOf(24, 300, 50), everyOf(0, 300, 50)]).toEqual([1, 4, 1]);
});

test('a copy counts with the request it came of', () => {
  expect(exchangesIn({ requests: { total: 10, completed: 4 }, replications: 5 })).toBe(11);
  expect(exchangesIn({ requests: { total: 10, completed: 4 }, replications: 2 })).toBe(10);
});

test('the part an Ambito takes', () => {
  expect([partOf(true, true), partOf(true, false), partOf(false, true), partOf(false, false)]).toEqual(['both', 'gives', 'receives', 'none']);
});

test('the ages of the queue are told apart', () => {
  expect(agesOf(10, [6, 5, 1, 1]).map(({ from, to, count }) => [from, to, count])).toEqual([[0, 7, 4], [8, 14, 1], [15, 30, 4], [31, 60, 0], [61, null, 1]]);
  expect(agesOf(1, [2, 0, 0, 0])[0]?.count).toBe(0);
});

describe('the forest', () => {
  const practice = (id: string) => ({ id, slug: id, title: id, badge: null, owner: { slug: 'o', fullName: 'O' }, field: null });
  const tie = (childId: string, parentId: string) => ({ childId, parentId, kind: 'COPIED' as const, isConfirmed: true, isFromRequest: false, declaredAt: '2026-01-01T00:00:00Z', parent: practice(parentId) });

  test('begins with what comes from nothing, the largest first; who has two parents stands under both', () => {
    const nodes = [['b', 'a'], ['c', 'b'], ['d', 'b'], ['d', 'x']].map(([child = '', parent = '']) => ({ ...practice(child), lineage: { parents: [tie(child, parent)] } }));
    const { trees, edges } = forestOf(nodes);
    expect(trees.map((tree) => [tree.practice.id, sizeOf(tree)])).toEqual([['a', 3], ['x', 1]]);
    expect(edges).toHaveLength(4);
  });

  test('hides what may not be seen, and ends where there is a circle', () => {
    expect(forestOf([{ ...practice('b'), lineage: { parents: [{ ...tie('b', 'a'), parent: null }] } }]).trees).toEqual([]);
    const circle = [['b', 'a'], ['b', 'c'], ['c', 'b']].map(([child = '', parent = '']) => ({ ...practice(child), lineage: { parents: [tie(child, parent)] } }));
    expect(forestOf(circle).trees).toHaveLength(1);
  });
});

test('names cover no mark and no other name; of few, more find room', () => {
  const nodes = Array.from({ length: 80 }, (_, at) => ({ x: (at % 9) * 40, y: Math.floor(at / 9) * 30, name: `Territorio ${at}`, weight: at % 7 }));
  const { dots, width } = drawn(nodes, 700);
  const [all, few] = [labelsOf(dots, width), labelsOf(dots, width, new Set([0, 40, 79]))];
  expect(all.size).toBeLessThan(80);
  expect([...few.keys()].sort((a, b) => a - b)).toEqual([0, 40, 79]);
});
