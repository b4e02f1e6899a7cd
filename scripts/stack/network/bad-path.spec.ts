import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BadPath, connectedAt, seeded } from './bad-path.ts';

const never = () => 1;

describe('a bad path through the network', () => {
  test('delays what is not lost', () => {
    const path = new BadPath({ delayMs: 300, loss: 0.02 }, never);
    expect(path.arrivesAt(1_000, 100, 0)).toBe(1_300);
    expect(path.arrivesAt(1_010, 100, 0)).toBe(1_310);
  });

  test('a lost packet costs a retransmission timeout, and later packets wait', () => {
    const losses = [0, 1, 1];
    const path = new BadPath({ delayMs: 100, loss: 0.02 }, () => losses.shift() ?? 1);
    expect(path.arrivesAt(0, 100, 0)).toBe(400);
    expect(path.arrivesAt(50, 100, 0)).toBe(400);
    expect(path.arrivesAt(350, 100, 0)).toBe(450);
  });

  test('a try during a cut fails, and the next ones follow at growing intervals', () => {
    const path = new BadPath({ delayMs: 300, loss: 0 }, never);
    // 0.9, 2.7, 6.3, 13.5, 27.9 s fail; the next is at 56.7 s.
    expect(path.arrivesAt(0, 100, 30_000)).toBe(57_000);
    expect(path.arrivesAt(29_000, 100, 30_000)).toBe(57_000);
    expect(connectedAt(0, { delayMs: 300, loss: 0 }, 30_000, never)).toBe(31_600);
  });

  test('keeps the order and is never faster than the delay', () => {
    const writes = fc.array(fc.record({ gapMs: fc.nat(5_000), bytes: fc.integer({ min: 1, max: 20_000 }) }));
    fc.assert(
      fc.property(fc.nat(), writes, fc.nat(60_000), (seed, list, cutUntil) => {
        const path = new BadPath({ delayMs: 300, loss: 0.2 }, seeded(seed));
        let now = 0;
        let before = 0;
        for (const { gapMs, bytes } of list) {
          now += gapMs;
          const at = path.arrivesAt(now, bytes, cutUntil);
          expect(at).toBeGreaterThanOrEqual(Math.max(before, now + 300, cutUntil > now ? cutUntil + 300 : 0));
          before = at;
        }
      }),
    );
  });

  test('the same seed gives the same history, and a share of 2 % is 2 %', () => {
    const [one, other] = [seeded(7), seeded(7)];
    const draws = Array.from({ length: 20_000 }, one);
    expect(draws.slice(0, 50)).toEqual(Array.from({ length: 50 }, other));
    expect(draws.filter((draw) => draw < 0.02).length / draws.length).toBeCloseTo(0.02, 2);
  });
});
