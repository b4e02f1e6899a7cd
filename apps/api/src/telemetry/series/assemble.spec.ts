import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bucket, fromSamples, onGrid, type Sample, widen } from './assemble.ts';
import { POINTS_MAX } from './resolution.ts';

const MINUTE = 60_000;
const range = { fromMs: 0, toMs: 60 * MINUTE };
const averages = (points: Bucket[]) => points.map((point) => [point.atMs / MINUTE, ...point.avg]);

describe('fromSamples', () => {
  test.for<[string, Sample[], unknown[]]>([
    ['nothing was read', [], []],
    [
      'a measure that a reading leaves out has not moved',
      [
        { atMs: 0, values: [48, 20] },
        { atMs: MINUTE, values: [undefined, 21] },
      ],
      [
        [0, 48, 20],
        [1, 48, 21],
      ],
    ],
    [
      'but one that was read as null is null, and stays so',
      [
        { atMs: 0, values: [48, 20] },
        { atMs: MINUTE, values: [null, 20] },
        { atMs: 2 * MINUTE, values: [undefined, 21] },
      ],
      [
        [0, 48, 20],
        [1, null, 20],
        [2, null, 21],
      ],
    ],
    [
      'a measure that an agent did not repeat in time is unknown',
      [
        { atMs: 0, values: [48, 1] },
        { atMs: 5 * MINUTE, values: [undefined, 2] },
        { atMs: 7 * MINUTE, values: [undefined, 3] },
      ],
      [
        [0, 48, 1],
        [5, 48, 2],
        [7, null, 3],
      ],
    ],
    [
      'a gap between readings is a point of nulls',
      [
        { atMs: 0, values: [48] },
        { atMs: 20 * MINUTE, values: [49] },
      ],
      [
        [0, 48],
        [1 / 60, null],
        [20, 49],
      ],
    ],
    ['a measure never reported is null', [{ atMs: 0, values: [undefined] }], [[0, null]]],
  ])('%s', ([, samples, expected]) => {
    expect(averages(fromSamples(samples, range))).toEqual(expected);
  });

  test('many readings share points that keep their extremes', () => {
    const values = Array.from({ length: 6000 }, (_, index) => (index === 3000 ? 99 : 48));
    const samples = values.map((value, index) => ({ atMs: index * 1000, values: [value] }));
    const points = fromSamples(samples, { fromMs: 0, toMs: 6_000_000 });
    expect(points.length).toBeLessThanOrEqual(POINTS_MAX);
    expect(Math.max(...points.map((point) => point.max[0]!))).toBe(99);
    expect(Math.min(...points.map((point) => point.min[0]!))).toBe(48);
  });

  test('every value is that of a reading, in order, and not too many', () => {
    const value = fc.option(fc.integer({ min: 0, max: 9 }), { nil: null });
    const sample = fc.tuple(fc.integer({ min: 1, max: 15 * MINUTE }), fc.option(value, { nil: undefined }));
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 200 }), (steps) => {
        let atMs = 0;
        const samples = steps.map(([step, cell]) => ({ atMs: (atMs += step), values: [cell] }));
        const points = fromSamples(samples, { fromMs: 0, toMs: atMs + 1 });
        const had = new Set(samples.map((one) => one.values[0]));
        expect(points.length).toBeLessThanOrEqual(POINTS_MAX);
        for (const [index, point] of points.entries()) {
          if (index > 0) expect(point.atMs).toBeGreaterThan(points[index - 1]!.atMs);
          if (point.avg[0] !== null) expect(had.has(point.avg[0])).toBe(true);
        }
      }),
    );
  });
});

const bucket = (atMs: number, min: number, avg: number, max: number): Bucket => ({
  atMs,
  min: [min],
  avg: [avg],
  max: [max],
});

describe('onGrid', () => {
  test('a missing bucket becomes one of nulls', () => {
    const points = onGrid([bucket(10, 1, 2, 3)], { fromMs: 5, toMs: 35 }, 10, 1);
    expect(averages(points).map(([, value]) => value)).toEqual([null, 2, null, null]);
    expect(points.map((point) => point.atMs)).toEqual([0, 10, 20, 30]);
  });

  test('of a range with more buckets than fit, the newest are returned', () => {
    const points = onGrid([], { fromMs: 0, toMs: 5000 }, 1, 1);
    expect(points).toHaveLength(POINTS_MAX);
    expect(points.at(-1)!.atMs).toBe(4999);
  });
});

test('widening keeps the smallest and largest and the mean of the present values', () => {
  const hours = [bucket(0, 1, 2, 3), bucket(10, 0, 4, 9), { atMs: 20, min: [null], avg: [null], max: [null] }];
  expect(widen(hours, 100)).toEqual([bucket(0, 0, 3, 9)]);
});
