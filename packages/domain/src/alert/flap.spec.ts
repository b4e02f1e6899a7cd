import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flapPercent, isFlapping, isQuiet, recentChanges, remember, type FlapHistory } from './flap.ts';

const NONE: FlapHistory = { bits: 0, length: 0, at: 0 };
const MINUTE = 60_000;

/** A history of the given states, oldest first, one each half minute. */
function history(states: string): FlapHistory {
  return [...states].reduce((so, state, index) => remember(so, state === '1', true, (index * MINUTE) / 2), NONE);
}

describe('the share of change', () => {
  test.for([
    { states: '', percent: 0, why: 'nothing is known' },
    { states: '0'.repeat(21), percent: 0, why: 'never a change' },
    { states: '01'.repeat(11).slice(0, 21), percent: 100, why: 'a change at each state: 20 of 20' },
    { states: `${'0'.repeat(20)}1`, percent: 6.25, why: 'one change, the newest: 1.25 of 20' },
    { states: `0${'1'.repeat(20)}`, percent: 3.75, why: 'one change, the oldest: 0.75 of 20' },
  ])('$why', ({ states, percent }) => {
    expect(flapPercent(history(states))).toBeCloseTo(percent, 1);
  });

  test('four changes in a row are about a quarter, six are more than the start of flapping', () => {
    const after = (changes: number) =>
      flapPercent(history(`${'0'.repeat(20 - changes)}${'10'.repeat(10)}`.slice(0, 21)));
    expect(after(4)).toBeGreaterThan(20);
    expect(after(6)).toBeGreaterThan(30);
  });
});

test('flapping begins above 30 % and ends below 20 %', () => {
  const restless = history('000000000000010101010');
  expect(isFlapping(restless, false)).toBe(true);
  const calmer = history('000000000001010111111');
  expect(flapPercent(calmer)).toBeGreaterThan(20);
  expect(flapPercent(calmer)).toBeLessThan(30);
  expect(isFlapping(calmer, true)).toBe(true);
  expect(isFlapping(calmer, false)).toBe(false);
});

test('minutes without a change fill the memory, so that flapping ends by itself', () => {
  const restless = history('010101010101');
  const later = remember(restless, true, false, restless.at + 22 * MINUTE);
  expect(flapPercent(later)).toBe(0);
  const good = remember(history('0101010'), false, false, 40 * MINUTE);
  expect(isQuiet(good)).toBe(true);
  expect(remember(good, false, false, good.at + 1000)).toBe(good);
});

test('only what happened lately is restless', () => {
  expect(recentChanges(history('01010'))).toBe(4);
  expect(recentChanges(remember(history('01010'), false, false, 2 * MINUTE + 6 * MINUTE))).toBe(0);
});

test('is between 0 and 100 % and remembers at most 21 states, whatever comes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ bad: fc.boolean(), changed: fc.boolean(), after: fc.integer({ min: 0, max: 10_000_000 }) })),
      (moves) => {
        let now = 0;
        let so = NONE;
        for (const { bad, changed, after } of moves) {
          now += after;
          so = remember(so, bad, changed, now);
          expect(so.length).toBeLessThanOrEqual(21);
          expect(flapPercent(so)).toBeGreaterThanOrEqual(0);
          expect(flapPercent(so)).toBeLessThanOrEqual(100);
        }
      },
    ),
  );
});
