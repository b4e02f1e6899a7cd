import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitting, lostBefore, streamRetryMs, streamState } from './rules.ts';

test.for([
  [1, null, 1_000],
  [2, null, 2_000],
  [5, null, 16_000],
  [9, null, 256_000],
  [10, null, 300_000],
  [5_000, null, 300_000],
  [0, null, 1_000],
  [1, 30_000, 30_000],
  [6, 1_000, 32_000],
  [1, 86_400_000, 300_000],
] as const)('after %i failures, the receiver asking for %s ms: %i ms', ([failures, asked, ms]) => {
  expect(streamRetryMs(failures, asked)).toBe(ms);
});

test.for([
  ['nothing waits', { paused: false, failures: 0, behind: 0 }, 'current'],
  ['entries wait', { paused: false, failures: 0, behind: 3 }, 'behind'],
  ['the last try failed', { paused: false, failures: 1, behind: 3 }, 'failing'],
  ['a person paused it', { paused: true, failures: 7, behind: 3 }, 'paused'],
] as const)('%s', ([, facts, state]) => {
  expect(streamState(facts)).toBe(state);
});

test.for([
  [0, 1, 0],
  [7, 8, 0],
  [7, 11, 3],
  [7, 7, 0],
] as const)('at %i the next entry is %i: %i were lost', ([position, next, lost]) => {
  expect(lostBefore(position, next)).toBe(lost);
});

test('what fits is a beginning, within the limit unless it is one entry, and no entry more would fit', () => {
  const size = (entry: number) => entry;
  fc.assert(
    fc.property(fc.array(fc.nat(100)), fc.nat(300), (entries, max) => {
      const fit = fitting(entries, size, max);
      const sum = (some: number[]) => some.reduce((total, one) => total + one, 0);
      expect(fit).toEqual(entries.slice(0, fit.length));
      if (entries.length > 0) expect(fit.length).toBeGreaterThan(0);
      if (fit.length > 1) expect(sum(fit)).toBeLessThanOrEqual(max);
      if (fit.length < entries.length) expect(sum(entries.slice(0, fit.length + 1))).toBeGreaterThan(max);
    }),
  );
});
