import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ClaimMemory,
  incumbentLeft,
  type Incumbent,
  isForgettable,
  judgeClaim,
  NO_CLAIMS,
} from './identity-claims.ts';

const NOW = 1_000_000;
const incumbent = (epoch: number | null, heardAgoMs = 1_000, forMs = 60_000): Incumbent => ({
  epoch,
  sinceMs: NOW - forMs,
  heardAtMs: NOW - heardAgoMs,
});
const rivalSince = (agoMs: number): ClaimMemory => ({ ...NO_CLAIMS, rivalSinceMs: NOW - agoMs });
const kept = (agoMs: number): ClaimMemory => ({ ...NO_CLAIMS, rightful: { epoch: 5, heardAtMs: NOW - agoMs } });
const times = (count: number) => ({ ...NO_CLAIMS, takeoversMs: Array<number>(count).fill(NOW - 1_000) });

describe('a newcomer', () => {
  test.for([
    ['without another connection is admitted', NO_CLAIMS, 5, null, 'let-in', false],
    ['of the same process takes over from its dead connection', NO_CLAIMS, 5, incumbent(5), 'let-in', false],
    ['without an epoch takes over', NO_CLAIMS, null, incumbent(5), 'let-in', false],
    ['of another process waits while the first connection stands', NO_CLAIMS, 6, incumbent(5), 'hold-off', false],
    ['of an older process too', NO_CLAIMS, 4, incumbent(5), 'hold-off', false],
    ['knocking for 9 s proves nothing', rivalSince(9_000), 6, incumbent(5, 0), 'hold-off', false],
    [
      'trying for 12 s, with the first active 1 s ago, is a second machine',
      rivalSince(12_000),
      6,
      incumbent(5),
      'hold-off',
      true,
    ],
    [
      'knocking for 12 s beside a silent connection proves nothing',
      rivalSince(12_000),
      6,
      incumbent(5, 7_000),
      'hold-off',
      false,
    ],
    [
      'that knocked at an earlier connection begins anew',
      rivalSince(12_000),
      6,
      incumbent(5, 0, 5_000),
      'hold-off',
      false,
    ],
    ['waits while the place of the rightful one is kept', kept(60_000), 6, null, 'hold-off', false],
    ['that is the rightful one is let in', kept(60_000), 5, null, 'let-in', false],
    ['is let in when the rightful one is long gone', kept(121_000), 6, null, 'let-in', false],
    ['takes over the sixth time in a minute', times(5), 5, incumbent(5), 'let-in', false],
    [
      'takes over no seventh time: an image of a running machine has its epoch',
      times(6),
      5,
      incumbent(5),
      'hold-off',
      false,
    ],
  ] as const)('%s', ([, memory, epoch, there, verdict, conflict]) => {
    expect(judgeClaim(memory, epoch, there, NOW)).toMatchObject({ verdict, conflict });
  });
});

test('the place of the rightful one is held from its last packet on', () => {
  const memory = incumbentLeft(kept(500_000), incumbent(5, 3_000));
  expect(memory.rightful).toEqual({ epoch: 5, heardAtMs: NOW - 3_000 });
  expect(incumbentLeft(kept(500_000), incumbent(6))).toEqual(kept(500_000));
  expect([isForgettable(memory, NOW), isForgettable(memory, NOW + 200_000)]).toEqual([false, true]);
});

/** Two machines with one identity that both reconnect whenever they are disconnected, as agents do. */
function pingPong(epochs: [number, number], seconds: number) {
  let memory = NO_CLAIMS;
  let holder: { machine: number; sinceMs: number } = { machine: 0, sinceMs: 0 };
  let changes = 0;
  let provenAtMs: number | null = null;
  for (let nowMs = 1_000; nowMs < seconds * 1_000; nowMs += 1_500) {
    const there = { epoch: epochs[holder.machine]!, sinceMs: holder.sinceMs, heardAtMs: nowMs - 500 };
    const machine = 1 - holder.machine;
    const judged = judgeClaim(memory, epochs[machine]!, there, nowMs);
    memory = judged.memory;
    if (judged.conflict) provenAtMs ??= nowMs;
    if (judged.verdict === 'hold-off') continue;
    holder = { machine, sinceMs: nowMs };
    changes += 1;
  }
  return { changes, provenAtMs, holder: holder.machine };
}

test('a copied state folder never takes over, and is detected within a quarter of a minute', () => {
  const { changes, provenAtMs, holder } = pingPong([1_700_000_000, 1_700_009_000], 60);
  expect([changes, holder]).toEqual([0, 0]);
  expect(provenAtMs).toBeLessThan(15_000);
});

test('an image of a running machine, with the same epoch, ends its alternation too', () => {
  const { changes, provenAtMs } = pingPong([5, 5], 50);
  expect(changes).toBe(6);
  expect(provenAtMs).toBeLessThan(30_000);
});

test('an agent that restarts is never taken for two: its former connection is silent', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 100, max: 30_000 }), { minLength: 1, maxLength: 40 }), (gapsMs) => {
      let nowMs = 50_000;
      // Half open: the broker has not noticed yet, and closes it after 7.5 s of silence.
      const dead: Incumbent = { epoch: 1, sinceMs: 0, heardAtMs: nowMs };
      let memory = NO_CLAIMS;
      for (const gapMs of gapsMs) {
        nowMs += gapMs;
        const there = nowMs - dead.heardAtMs > 7_500 ? null : dead;
        const judged = judgeClaim(memory, 2, there, nowMs);
        expect(judged.conflict).toBe(false);
        if (there === null) expect(judged.verdict).toBe('let-in');
        if (there === null) return;
        memory = judged.memory;
      }
    }),
  );
});
