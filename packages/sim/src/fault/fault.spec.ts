import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fault, isActive, nextEdgeAt, planFault, ScriptedFault, type FaultPlan } from './fault.ts';

const planArb: fc.Arbitrary<FaultPlan> = fc
  .record({
    startAt: fc.integer({ min: 0, max: 100_000 }),
    forMs: fc.option(fc.integer({ min: 1, max: 50_000 })),
    gapMs: fc.option(fc.integer({ min: 1, max: 50_000 })),
  })
  .map(({ startAt, forMs, gapMs }) => ({
    fault: Fault.parse({ kind: 'hang' }),
    startAt,
    forMs,
    everyMs: forMs === null || gapMs === null ? null : forMs + gapMs,
  }));

describe('a plan', () => {
  test('changes exactly at its edges', () => {
    fc.assert(
      fc.property(planArb, fc.integer({ min: 0, max: 400_000 }), (plan, at) => {
        const edge = nextEdgeAt(plan, at);
        expect(edge).toBeGreaterThan(at);
        if (edge === Infinity) {
          expect(isActive(plan, at + 1_000_000)).toBe(isActive(plan, at));
        } else {
          expect(isActive(plan, edge - 1)).toBe(isActive(plan, at));
          expect(isActive(plan, edge)).not.toBe(isActive(plan, at));
        }
      }),
    );
  });

  test.for<[string, object, [number, boolean][]]>([
    [
      'lasts until it is cleared',
      { kind: 'hang' },
      [
        [0, true],
        [1e9, true],
      ],
    ],
    [
      'starts when it should',
      { kind: 'hang', afterMs: 10 },
      [
        [9, false],
        [10, true],
      ],
    ],
    [
      'ends when it should',
      { kind: 'hang', forMs: 10 },
      [
        [9, true],
        [10, false],
      ],
    ],
    [
      'a reboot always ends',
      { kind: 'reboot' },
      [
        [19_999, true],
        [20_000, false],
      ],
    ],
    [
      'comes and goes',
      { kind: 'unplug', port: 1, afterMs: 5, forMs: 10, everyMs: 1_000 },
      [
        [4, false],
        [5, true],
        [15, false],
        [1_004, false],
        [1_005, true],
        [1_015, false],
        [2_005, true],
      ],
    ],
  ])('%s', ([, scripted, moments]) => {
    const plan = planFault(ScriptedFault.parse(scripted), 0);
    expect(moments.map(([at]) => [at, isActive(plan, at)])).toEqual(moments);
  });
});

test.for<[string, object, string, RegExp]>([
  ['a fault of a port without port', { kind: 'short' }, 'port', /must be given/],
  ['a fault of the gateway with port', { kind: 'hang', port: 2 }, 'port', /must be left out/],
  ['port 0', { kind: 'short', port: 0 }, 'port', /1/],
  ['an unknown kind', { kind: 'gremlins' }, 'kind', /unplug/],
  ['a word too many', { kind: 'hang', colour: 'red' }, '', /colour/],
  ['a period without duration', { kind: 'hang', everyMs: 5_000 }, 'everyMs', /longer than forMs/],
  ['a duration that fills the period', { kind: 'hang', forMs: 5_000, everyMs: 5_000 }, 'everyMs', /longer than forMs/],
])('%s is refused', ([, scripted, field, message]) => {
  const result = ScriptedFault.safeParse(scripted);
  const issue = result.error?.issues[0];
  expect(issue?.path.join('.')).toBe(field);
  expect(issue?.message).toMatch(message);
});
