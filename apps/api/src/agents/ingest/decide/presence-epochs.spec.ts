import fc from 'fast-check';
import { expect, test } from 'vitest';
import { notePresence, type PresenceMemory } from './presence-epochs.ts';

/** The presences at which a conflict is detected. */
function conflicts(presences: readonly (readonly [epoch: number, atMs: number])[]): boolean[] {
  let memory: PresenceMemory | undefined;
  return presences.map(([epoch, atMs]) => {
    const noted = notePresence(memory, epoch, atMs);
    memory = noted.memory;
    return noted.conflict;
  });
}
const each = (...epochs: number[]) => epochs.map((epoch, index) => [epoch, index * 10_000] as const);
const HOUR = 3_600_000;

test.for([
  ['one process that reconnects', each(5, 5, 5), [false, false, false]],
  ['an agent that restarts repeatedly', each(5, 6, 7, 8), [false, false, false, false]],
  ['a former process once: its message may be late', each(5, 6, 5), [false, false, false]],
  ['two that alternate', each(5, 6, 5, 6, 5), [false, false, false, true, true]],
  ['a copy that starts later', each(5, 5, 9, 5, 9), [false, false, false, false, true]],
  [
    'two returns far apart',
    [
      [5, 0],
      [6, 1],
      [5, 2],
      [6, 2 * HOUR],
    ] as const,
    [false, false, false, false],
  ],
] as const)('%s', ([, presences, expected]) => {
  expect(conflicts(presences)).toEqual(expected);
});

test('epochs that only grow are one machine, however often it connects', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3), { maxLength: 200 }), (steps) => {
      let epoch = 1;
      const presences = steps.map((step, index) => [(epoch += step), index * 1_000] as const);
      expect(conflicts(presences)).not.toContain(true);
    }),
  );
});
