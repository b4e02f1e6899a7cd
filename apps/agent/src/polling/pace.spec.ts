import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  answered,
  beginPace,
  failed,
  nextTurn,
  pollSoon,
  started,
  succeeded,
  withInterval,
  type Pace,
} from './pace.ts';

const MIDDLE = 0.5;
const begin = (nowMs = 0) => beginPace(30_000, nowMs, 0);

describe('the polling schedule of a gateway', () => {
  test.for([
    ['starts at once with no luck in the draw', 30_000, 0, 0],
    ['starts within five seconds', 30_000, 1, 5_000],
    ['starts within one interval where that is shorter', 1_000, 1, 1_000],
  ] as const)('%s', ([, interval, random, expected]) => {
    expect(beginPace(interval, 0, random).nextAtMs).toBe(expected);
  });

  test.for([
    ['one interval after this one began', 100, 1_000, 30_100],
    ['soon when reading took longer than the interval', 100, 45_000, 45_400],
  ] as const)('after a reading the next is %s', ([, startedAt, endedAt, expected]) => {
    expect(succeeded(started(begin(), startedAt), endedAt, MIDDLE).nextAtMs).toBe(expected);
  });

  test('regular readings are spread by five percent', () => {
    const at = (random: number) => succeeded(started(begin(), 0), 10, random).nextAtMs;
    expect([at(0), at(1)]).toEqual([28_500, 31_500]);
  });

  test.for([
    [1, true, 8_000],
    [2, true, 12_000],
    [3, false, 5_000],
    [4, false, 10_000],
    [5, false, 20_000],
    [6, false, 25_000],
    [20, false, 25_000],
  ] as const)('after %i failures in a row: reachable %s, next try in %i ms', ([times, reachable, waitMs]) => {
    let pace: Pace = succeeded(started(begin(), 0), 0, MIDDLE);
    for (let i = 0; i < times; i += 1) pace = failed(started(pace, 0), 0, MIDDLE);
    expect(pace.reachable).toBe(reachable);
    expect(pace.nextAtMs).toBe(waitMs);
  });

  test('one that was never read is unreachable after three tries too', () => {
    let pace = begin();
    for (const expected of [null, null, false]) {
      pace = failed(started(pace, 0), 0, MIDDLE);
      expect(pace.reachable).toBe(expected);
    }
  });

  test('a successful reading ends the back-off', () => {
    let pace = begin();
    for (let i = 0; i < 9; i += 1) pace = failed(started(pace, 0), 0, MIDDLE);
    pace = succeeded(started(pace, 0), 0, MIDDLE);
    expect(pace).toMatchObject({ failures: 0, reachable: true, nextAtMs: 30_000 });
  });
});

describe('between polls that are far apart', () => {
  const read = (intervalMs: number) => succeeded(started(beginPace(intervalMs, 0, 0), 0), 500, MIDDLE);

  test.for([
    ['a poll that is due soon replaces the probe', 10_000, { atMs: 10_000, what: 'poll' }],
    ['so does one that is due a little after', 12_000, { atMs: 12_000, what: 'poll' }],
    ['otherwise it is probed ten seconds after it answered', 12_600, { atMs: 10_500, what: 'probe' }],
    ['however far the next poll is', 3_600_000, { atMs: 10_500, what: 'probe' }],
  ] as const)('%s', ([, intervalMs, expected]) => {
    expect(nextTurn(read(intervalMs))).toEqual(expected);
  });

  test('it is probed repeatedly until the poll is due', () => {
    let pace = read(30_000);
    const turns: [number, string][] = [];
    for (let i = 0; i < 3; i += 1) {
      const { atMs, what } = nextTurn(pace);
      turns.push([atMs, what]);
      pace = answered(pace, atMs + 100);
    }
    expect(turns).toEqual([
      [10_500, 'probe'],
      [20_600, 'probe'],
      [30_000, 'poll'],
    ]);
  });

  test.for([
    ['that was never read', begin()],
    ['that did not answer the last time', failed(started(read(30_000), 1_000), 4_000, MIDDLE)],
    ['that a trap asks to be read', pollSoon(read(30_000), 5_000)],
  ] as const)('one %s is polled next', ([, pace]) => {
    expect(nextTurn(pace)).toEqual({ atMs: pace.nextAtMs, what: 'poll' });
  });

  /** A try without an answer: one request, sent twice. */
  const TRY_MS = 3_000;

  /** When it counts as unreachable if it is gone right after it answered at `answeredAtMs`. */
  function missedAt(intervalMs: number, answeredAtMs: number, random: number): number {
    let pace = answered(succeeded(started(beginPace(intervalMs, 0, 0), 0), 0, random), answeredAtMs);
    let nowMs = answeredAtMs;
    while (pace.reachable !== false) {
      nowMs = nextTurn(pace).atMs + TRY_MS;
      pace = failed(started(pace, nowMs - TRY_MS), nowMs, random);
    }
    return nowMs - answeredAtMs;
  }

  test('one that is gone is unreachable within 45 s, whatever its interval', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_000, max: 3_600_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (intervalMs, share, random) => {
          expect(missedAt(intervalMs, share * intervalMs * 0.9, random)).toBeLessThanOrEqual(45_000);
        },
      ),
    );
  });

  test('and one that is silent for 25 s is not', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), (random) => {
        const pace = read(30_000);
        const firstTryAtMs = nextTurn(pace).atMs;
        const missed = missedAt(30_000, 500, random) + 500;
        expect(missed - firstTryAtMs).toBeGreaterThan(25_000);
      }),
    );
  });
});

describe('a reading out of turn', () => {
  const idle = (): Pace => succeeded(started(begin(), 0), 100, MIDDLE);

  test('comes at once', () => {
    expect(pollSoon(idle(), 5_000).nextAtMs).toBe(5_000);
  });

  test('but not right after another', () => {
    expect(pollSoon(idle(), 100).nextAtMs).toBe(400);
  });

  test('requested during another, follows it', () => {
    const asked = pollSoon(started(idle(), 5_000), 5_100);
    expect(succeeded(asked, 5_600, MIDDLE).nextAtMs).toBe(5_400);
  });

  test('requested many times at once is one', () => {
    let pace = idle();
    for (let i = 0; i < 1_000; i += 1) pace = pollSoon(pace, 5_000);
    expect(pace.nextAtMs).toBe(5_000);
    expect(pace.soon.tokens).toBe(3);
  });

  test('brings an unreachable gateway back before its back-off ends', () => {
    let pace = begin();
    for (let i = 0; i < 9; i += 1) pace = failed(started(pace, 0), 0, MIDDLE);
    expect(pollSoon(pace, 10_000).nextAtMs).toBe(10_000);
  });

  test('is limited for any number of requests: at most 4 more than one in five seconds', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 300 }), (gaps) => {
        let pace = idle();
        let nowMs = 100;
        let polls = 0;
        for (const gap of gaps) {
          const end = nowMs + gap;
          pace = pollSoon(pace, nowMs);
          while (pace.nextAtMs <= end) {
            nowMs = Math.max(nowMs, pace.nextAtMs);
            polls += 1;
            pace = succeeded(started(pace, nowMs), nowMs + 1, MIDDLE);
          }
          nowMs = end;
        }
        const regular = nowMs / 30_000;
        expect(polls).toBeLessThanOrEqual(4 + nowMs / 5_000 + regular + 1);
      }),
    );
  });

  test('is never later than the regular one', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40_000), { maxLength: 50 }), (times) => {
        let pace = idle();
        for (const at of times.toSorted((a, b) => a - b)) {
          const before = pace.nextAtMs;
          pace = pollSoon(pace, at);
          expect(pace.nextAtMs).toBeLessThanOrEqual(Math.max(before, at));
        }
      }),
    );
  });
});

describe('another interval', () => {
  test.for([
    ['shorter counts at once', 5_000, 6_000],
    ['longer counts after the next reading', 60_000, 30_000],
    ['the same changes nothing', 30_000, 30_000],
  ] as const)('%s', ([, interval, expected]) => {
    const pace = succeeded(started(begin(), 0), 0, MIDDLE);
    expect(withInterval(pace, interval, 1_000).nextAtMs).toBe(expected);
  });
});
