import { describe, expect, test, vi } from 'vitest';

vi.mock('virtual:boundaries', () => ({ default: '/boundaries.json' }));
const { boxOf, shade, spot, towards, viewOf } = await import('../../src/parts/map');

describe('the map', () => {
  test('knows the box of an outline', () => {
    expect(boxOf('M10,20L30,5.5ZM-1,8L2,9Z')).toEqual({ left: -1, top: 5.5, right: 30, bottom: 20 });
  });

  test('puts what lies north higher and what lies east to the right', () => {
    const map = { projection: { scale: 1000, x: 0, y: 0 } };
    const [west, south] = spot(map, 40, 15);
    const [east, north] = spot(map, 41, 18);
    expect(east).toBeGreaterThan(west);
    expect(north).toBeLessThan(south);
  });

  test('shows what lies around a box, never more than itself', () => {
    const [, , width = 0, height = 0] = viewOf({ left: 100, top: 100, right: 148, bottom: 120 }, { width: 480, height: 400 }).split(' ').map(Number);
    expect(width / height).toBeCloseTo(480 / 400, 1);
    expect(width).toBeGreaterThan(48);
    expect(viewOf({ left: 0, top: 0, right: 480, bottom: 400 }, { width: 480, height: 400 })).toBe('0 0 480 400');
  });

  test('is walked through by keys: to the nearest in that direction, else nowhere', () => {
    const spots = [[0, 0], [10, 1], [30, 0], [0, 20], [3, -10]] as const;
    expect(towards('ArrowRight', 0, spots)).toBe(1);
    expect(towards('ArrowDown', 0, spots)).toBe(3);
    expect(towards('ArrowUp', 0, spots)).toBe(4);
    expect(towards('ArrowLeft', 0, spots)).toBe(0);
    expect(towards('End', 0, spots)).toBe(4);
    expect(towards('Home', 3, spots)).toBe(0);
    expect(towards('x', 3, spots)).toBe(3);
  });

  test('is darker where there is more', () => {
    expect([0, 1, 2, 3, 4, 40].map(shade)).toEqual([0, 1, 2, 2, 3, 3]);
  });
});
