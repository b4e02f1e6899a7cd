import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupMarks, MARK_DISTANCE_PX, placeLabels, ring } from './markers.ts';

const size = { width: 800, height: 300 };
const point = fc.record({ x: fc.integer({ min: 20, max: 780 }), y: fc.integer({ min: 20, max: 280 }) });

describe('marks that would cover each other', () => {
  test('are one mark in their middle', () => {
    const groups = groupMarks([
      { item: 'a', point: { x: 100, y: 100 } },
      { item: 'b', point: { x: 110, y: 100 } },
      { item: 'c', point: { x: 400, y: 100 } },
    ]);
    expect(groups).toEqual([
      { items: ['a', 'b'], point: { x: 105, y: 100 } },
      { items: ['c'], point: { x: 400, y: 100 } },
    ]);
  });

  test('no site is lost or doubled', () => {
    fc.assert(
      fc.property(fc.array(point, { maxLength: 60 }), (points) => {
        const groups = groupMarks(points.map((at, item) => ({ item, point: at })));
        const items = groups.flatMap((group) => group.items).sort((a, b) => a - b);
        expect(items).toEqual(points.map((_, index) => index));
      }),
    );
  });

  test('around one place they keep their distance', () => {
    for (const count of [2, 3, 8]) {
      const [first, second] = ring({ x: 0, y: 0 }, count);
      expect(Math.hypot(first!.x - second!.x, first!.y - second!.y)).toBeGreaterThan(MARK_DISTANCE_PX * 0.8);
    }
  });
});

describe('names on the map', () => {
  test('stand right of their mark where there is room, left of it at the right edge', () => {
    const labels = placeLabels(
      [
        { point: { x: 100, y: 150 }, text: 'Brighton' },
        { point: { x: 780, y: 150 }, text: 'Berlin' },
      ],
      size,
    );
    expect(labels.map((label) => label?.anchor)).toEqual(['start', 'end']);
  });

  test('are left out rather than written over each other', () => {
    const marks = Array.from({ length: 12 }, (_, index) => ({
      point: { x: 400 + index, y: 150 },
      text: 'A very long name',
    }));
    const labels = placeLabels(marks, size);
    expect(labels.filter((label) => label !== null).length).toBeLessThan(12);
  });

  test('never leave the map', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ point, text: fc.string({ maxLength: 40 }) }), { maxLength: 20 }), (marks) => {
        for (const label of placeLabels(marks, size)) {
          if (label === null) continue;
          expect(label.x).toBeGreaterThan(0);
          expect(label.x).toBeLessThan(size.width);
        }
      }),
    );
  });
});
