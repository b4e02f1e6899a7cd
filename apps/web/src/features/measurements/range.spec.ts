import { describe, expect, test } from 'vitest';
import { RANGES, rangeEnds, rangeStepMs } from './range.ts';

const now = Date.parse('2026-11-23T12:34:56.789Z');

describe.for(RANGES)('the range %s', (range) => {
  test('reaches up to now and ends within a step of it', () => {
    const { fromMs, toMs, from, to } = rangeEnds(range, now);
    expect(toMs).toBeGreaterThan(now);
    expect(toMs - now).toBeLessThanOrEqual(rangeStepMs(range));
    expect([Date.parse(from), Date.parse(to)]).toEqual([fromMs, toMs]);
  });

  test('is the same for all of a step, so that its data are asked for once', () => {
    const start = Math.floor(now / rangeStepMs(range)) * rangeStepMs(range);
    expect(rangeEnds(range, start)).toEqual(rangeEnds(range, start + rangeStepMs(range) - 1));
    expect(rangeEnds(range, start)).not.toEqual(rangeEnds(range, start + rangeStepMs(range)));
  });
});
