import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fullJitter, patience } from './backoff.ts';

const range = { minMs: 1_000, maxMs: 60_000 };

describe('waits between tries', () => {
  test.for([
    ['none before the first try', 0, 0.5, 0],
    ['at least half the smallest after a failure', 1, 0, 500],
    ['up to the smallest after one', 1, 1, 1_000],
    ['doubling', 3, 1, 4_000],
    ['bounded', 50, 1, 60_000],
    ['spread over the whole range', 50, 0, 500],
  ] as const)('%s', ([, failures, random, expected]) => {
    expect(fullJitter(failures, range, random)).toBe(expected);
  });

  test('are never outside the range', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (failures, random) => {
          const wait = fullJitter(failures, range, random);
          expect(wait).toBeGreaterThanOrEqual(500);
          expect(wait).toBeLessThanOrEqual(60_000);
        },
      ),
    );
  });
});

test.for([
  ['soon and often while the line may be back any moment', 44_999, 2_000, 6_000],
  ['with patience in an outage', 45_000, 30_000, 10_000],
] as const)('a lost connection is made again %s', ([, awayMs, longestWaitMs, connectMs]) => {
  const { waits, ...rest } = patience(awayMs);
  expect({ ...rest, longestWaitMs: fullJitter(50, waits, 1) }).toEqual({ connectMs, longestWaitMs });
});
