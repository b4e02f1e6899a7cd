import fc from 'fast-check';
import { expect, test } from 'vitest';
import { learnUsual } from './baseline.ts';
import type { Usual } from './types.ts';

const learn = (values: number[]) => values.reduce<Usual | null>(learnUsual, null)!;

test('learns mean and deviation', () => {
  const usual = learn(Array.from({ length: 200 }, (_, index) => 48 + (index % 2 === 0 ? 0.5 : -0.5)));
  expect(usual.mean).toBeCloseTo(48, 1);
  expect(usual.deviation).toBeGreaterThan(0.3);
  expect(usual.deviation).toBeLessThan(0.7);
});

test('a fault does not teach it', () => {
  const before = learn(Array.from({ length: 100 }, (_, index) => 48 + (index % 3) * 0.1));
  const after = [0, 0, 0, 0, 0].reduce<Usual>(learnUsual, before);
  expect(before.mean - after.mean).toBeLessThan(0.5);
});

test('follows a slow change', () => {
  const usual = learn(Array.from({ length: 5000 }, (_, index) => 48 - index * 0.001));
  expect(usual.mean).toBeLessThan(44);
});

test('stays finite and within what was seen', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -200, max: 200, noNaN: true }), { minLength: 1 }), (values) => {
      const { mean, deviation, samples } = learn(values);
      expect(mean).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
      expect(mean).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
      expect(deviation).toBeGreaterThanOrEqual(0);
      expect(samples).toBe(values.length);
    }),
  );
});
