import { describe, expect, test } from 'vitest';
import { StrangerPace } from './stranger-pace.ts';

const NOW = 1_764_500_000_000;
const PACE = { burst: 5, intervalMs: 1000 };

describe('the pace of strangers', () => {
  test('a burst, then one each interval', () => {
    const pace = new StrangerPace(PACE);
    expect(Array.from({ length: 5 }, () => pace.take('a', NOW))).toEqual([0, 0, 0, 0, 0]);
    expect([pace.take('a', NOW), pace.wait('a', NOW), pace.left('a', NOW)]).toEqual([1000, 1000, 0]);
    expect([pace.take('a', NOW + 1000), pace.take('a', NOW + 1000)]).toEqual([0, 1000]);
    expect(pace.left('a', NOW + 60_000)).toBe(5);
  });

  test('a refused try costs nothing', () => {
    const pace = new StrangerPace(PACE);
    for (let tries = 0; tries < 1000; tries += 1) pace.take('a', NOW);
    expect(pace.wait('a', NOW)).toBe(1000);
  });

  test('others are not slowed by a hundred who exceed theirs', () => {
    const pace = new StrangerPace(PACE);
    for (let one = 0; one < 100; one += 1)
      for (let tries = 0; tries < 20; tries += 1) pace.take(`stranger ${one}`, NOW);
    const slowed = Array.from({ length: 1000 }, (_, one) => pace.wait(`other ${one}`, NOW)).filter((wait) => wait > 0);
    // Both of two places would have to be taken by chance: 100² in 65,536² for each.
    expect(slowed).toEqual([]);
  });

  test('a hundred thousand strangers take no more memory than one', () => {
    const pace = new StrangerPace(PACE);
    pace.take('one', NOW);
    const before = process.memoryUsage().arrayBuffers;
    for (let one = 0; one < 100_000; one += 1) pace.take(`stranger ${one}`, NOW);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2_000_000);
  });
});
