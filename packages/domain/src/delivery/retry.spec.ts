import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ATTEMPTS_MAX, JITTER_SHARE, RETRY_AFTER_MAX_MS, RETRY_DELAYS_MS, retryAt } from './retry.ts';

const HOUR = 3_600_000;

describe('the schedule', () => {
  test('follows the standard: ten attempts', () => {
    expect(ATTEMPTS_MAX).toBe(10);
    expect(RETRY_DELAYS_MS.map((ms) => ms / 1000)).toEqual([
      5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400,
    ]);
  });

  test('lasts 75 hours at least, whatever the jitter', () => {
    const random = fc.double({ min: 0, max: 0.999_999, noNaN: true });
    fc.assert(
      fc.property(fc.array(random, { minLength: 9, maxLength: 9 }), (jitters) => {
        let now = 0;
        for (const [index, jitter] of jitters.entries())
          now = retryAt({ attempts: index + 1, now, random: jitter, retryAfterMs: null })!;
        expect(now).toBeGreaterThanOrEqual(75 * HOUR);
        expect(now).toBeLessThanOrEqual(75.6 * HOUR * (1 + JITTER_SHARE));
      }),
    );
  });
});

test.for<[string, Parameters<typeof retryAt>[0], number | null]>([
  ['the first pause is five seconds', { attempts: 1, now: 1000, random: 0, retryAfterMs: null }, 6000],
  ['jitter lengthens it', { attempts: 1, now: 0, random: 0.5, retryAfterMs: null }, 5250],
  ['a longer pause that was asked for counts', { attempts: 1, now: 0, random: 0, retryAfterMs: 120_000 }, 120_000],
  ['a shorter one does not', { attempts: 2, now: 0, random: 0, retryAfterMs: 1000 }, 300_000],
  ['one beyond a day is cut', { attempts: 1, now: 0, random: 0, retryAfterMs: 1e12 }, RETRY_AFTER_MAX_MS],
  ['the tenth attempt was the last', { attempts: 10, now: 0, random: 0, retryAfterMs: null }, null],
  ['even where a pause was asked for', { attempts: 10, now: 0, random: 0, retryAfterMs: 1000 }, null],
])('%s', ([, failed, expected]) => {
  expect(retryAt(failed)).toBe(expected);
});
