import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideRetell, type RetellMemory } from './retell.ts';

const MINUTE = 60_000;

/** Asks for a gateway at these times; says at which it was told. */
function toldAt(askedAtMs: readonly number[], gatewayId = 'a'): number[] {
  let memory: RetellMemory = new Map();
  return askedAtMs.filter((nowMs) => {
    const decided = decideRetell(memory, [gatewayId], nowMs);
    memory = decided.memory;
    return decided.tell.length > 0;
  });
}

describe('a gateway the cloud asks for', () => {
  test.for<[string, number[], number[]]>([
    ['is told at once', [5], [5]],
    ['is told once however many refusals were on their way', [0, 10, 20, 5_000, 59_999], [0]],
    ['is told again a minute later where that did not help', [0, MINUTE], [0, MINUTE]],
    ['rests twice as long after the second time', [0, MINUTE, 2 * MINUTE, 3 * MINUTE], [0, MINUTE, 3 * MINUTE]],
    ['is told at once again when it was well for long', [0, 10 * MINUTE, 11 * MINUTE], [0, 10 * MINUTE, 11 * MINUTE]],
  ])('%s', ([, asked, told]) => {
    expect(toldAt(asked)).toEqual(told);
  });

  test('rests no longer than an hour', () => {
    const everyMinuteOfADay = Array.from({ length: 1_440 }, (_, minute) => minute * MINUTE);
    const told = toldAt(everyMinuteOfADay);
    const rests = told.slice(1).map((at, index) => at - told[index]!);
    expect(Math.max(...rests)).toBe(60 * MINUTE);
    expect(told.length).toBeLessThan(32);
  });

  test('does not hold up another', () => {
    const { memory } = decideRetell(new Map(), ['a'], 0);
    expect(decideRetell(memory, ['a', 'b', 'b'], 10).tell).toEqual(['b']);
  });

  test('is never told twice within a minute, and remembered no longer than needed', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(600_000), { maxLength: 60 }), (times) => {
        const told = toldAt(times.toSorted((a, b) => a - b));
        expect(told.every((at, index) => index === 0 || at - told[index - 1]! >= MINUTE)).toBe(true);
        expect(told.length > 0).toBe(times.length > 0);
      }),
    );
    const { memory } = decideRetell(new Map(), ['a'], 0);
    expect(decideRetell(memory, [], 10 * MINUTE).memory.size).toBe(0);
  });
});
