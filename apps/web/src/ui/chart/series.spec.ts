import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { summarise, thin, verticalRange } from './series.ts';

const measure = (avg: (number | null)[], spread = 0) => ({
  t: avg.map((_, index) => 1000 + index * 60),
  avg,
  min: avg.map((value) => (value === null ? null : value - spread)),
  max: avg.map((value) => (value === null ? null : value + spread)),
  unit: 'V',
});

describe('what a chart shows, in figures', () => {
  test('the band counts, not only the line', () => {
    expect(summarise(measure([48, 47, 49], 2))).toEqual({ lowest: 45, highest: 51, last: 49, gaps: 0 });
  });

  test('gaps are counted and never read as zero', () => {
    expect(summarise(measure([48, null, 47, null]))).toEqual({ lowest: 47, highest: 48, last: 47, gaps: 2 });
  });

  test.for([[[]], [[null, null]]] as const)('nothing measured (%j) has no figures', ([avg]) => {
    expect(summarise(measure([...avg]))).toBeNull();
  });
});

describe('the vertical range', () => {
  test('always holds the values, and never goes below zero without cause', () => {
    const value = fc.double({ min: -200, max: 10_000, noNaN: true });
    fc.assert(
      fc.property(value, value, fc.double({ min: 0.1, max: 100, noNaN: true }), (a, b, breadth) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const [from, to] = verticalRange(low, high, breadth);
        expect(from).toBeLessThanOrEqual(low);
        expect(to).toBeGreaterThanOrEqual(high);
        expect(to - from).toBeGreaterThanOrEqual(breadth - 1e-9);
        if (low >= 0) expect(from).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('a series as a table', () => {
  test('neighbours are joined, extremes survive', () => {
    expect(thin(measure([1, 9, 5, 5], 1), 2)).toEqual([
      { atS: 1000, min: 0, avg: 5, max: 10 },
      { atS: 1120, min: 4, avg: 5, max: 6 },
    ]);
  });

  test('a gap stays a gap', () => {
    expect(thin(measure([null, null, 3, null]), 2)).toEqual([
      { atS: 1000, min: null, avg: null, max: null },
      { atS: 1120, min: 3, avg: 3, max: 3 },
    ]);
  });

  test('few points are left as they are', () => {
    expect(thin(measure([1, 2]), 100)).toHaveLength(2);
  });
});
