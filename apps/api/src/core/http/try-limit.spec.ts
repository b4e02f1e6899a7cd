import { expect, test } from 'vitest';
import { TryLimit } from './try-limit.ts';

test('lets so many tries through in a window, then says how long to wait', () => {
  const limit = new TryLimit(3, 60_000);
  expect([0, 1, 2].map((second) => limit.take('a', second * 1000))).toEqual([0, 0, 0]);
  expect(limit.take('a', 10_000)).toBe(50_000);
  expect(limit.take('b', 10_000)).toBe(0);
  expect(limit.take('a', 60_000)).toBe(0);
});

test('a success starts the count anew', () => {
  const limit = new TryLimit(1, 60_000);
  limit.take('a', 0);
  limit.clear('a');
  expect(limit.take('a', 1)).toBe(0);
});

test('a flood of keys does not grow it: the oldest are forgotten', () => {
  const limit = new TryLimit(1, 60_000, 100);
  for (let index = 0; index < 10_000; index += 1) limit.take(`key ${index}`, index);
  expect(limit.take('key 9999', 10_000)).toBeGreaterThan(0);
  expect(limit.take('key 0', 10_000)).toBe(0);
});
