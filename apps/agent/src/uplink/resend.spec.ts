import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideResend, type ResendMemory } from './resend.ts';

const MINUTE = 60_000;

/** Requests a gateway at these times; returns when it was resent. */
function resentAt(askedAtMs: readonly number[], gatewayId = 'a'): number[] {
  let memory: ResendMemory = new Map();
  return askedAtMs.filter((nowMs) => {
    const decided = decideResend(memory, [gatewayId], nowMs);
    memory = decided.memory;
    return decided.resend.length > 0;
  });
}

describe('a gateway that the cloud requests', () => {
  test.for<[string, number[], number[]]>([
    ['is resent at once', [5], [5]],
    ['is resent once however many refusals were on their way', [0, 10, 20, 5_000, 59_999], [0]],
    ['is resent again a minute later where that did not help', [0, MINUTE], [0, MINUTE]],
    ['rests twice as long after the second time', [0, MINUTE, 2 * MINUTE, 3 * MINUTE], [0, MINUTE, 3 * MINUTE]],
    [
      'is resent at once after a long time without requests',
      [0, 10 * MINUTE, 11 * MINUTE],
      [0, 10 * MINUTE, 11 * MINUTE],
    ],
  ])('%s', ([, asked, resent]) => {
    expect(resentAt(asked)).toEqual(resent);
  });

  test('waits no longer than an hour', () => {
    const everyMinuteOfADay = Array.from({ length: 1_440 }, (_, minute) => minute * MINUTE);
    const resent = resentAt(everyMinuteOfADay);
    const rests = resent.slice(1).map((at, index) => at - resent[index]!);
    expect(Math.max(...rests)).toBe(60 * MINUTE);
    expect(resent.length).toBeLessThan(32);
  });

  test('does not delay another', () => {
    const { memory } = decideResend(new Map(), ['a'], 0);
    expect(decideResend(memory, ['a', 'b', 'b'], 10).resend).toEqual(['b']);
  });

  test('is never resent twice within a minute, and remembered no longer than needed', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(600_000), { maxLength: 60 }), (times) => {
        const resent = resentAt(times.toSorted((a, b) => a - b));
        expect(resent.every((at, index) => index === 0 || at - resent[index - 1]! >= MINUTE)).toBe(true);
        expect(resent.length > 0).toBe(times.length > 0);
      }),
    );
    const { memory } = decideResend(new Map(), ['a'], 0);
    expect(decideResend(memory, [], 10 * MINUTE).memory.size).toBe(0);
  });
});
