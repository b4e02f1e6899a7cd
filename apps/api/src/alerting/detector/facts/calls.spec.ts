import { expect, test } from 'vitest';
import { callsOver, type CounterReading } from './calls.ts';

const reading = (
  callsIn: CounterReading['callsIn'],
  callsOut: CounterReading['callsOut'],
  callsFailed: CounterReading['callsFailed'],
  positions = [1, 2],
): CounterReading => ({ positions, callsIn, callsOut, callsFailed });

test.for<[string, CounterReading[], ({ calls: number; failed: number } | null)[]]>([
  ['nothing read', [], [null, null]],
  ['one reading says nothing about a time', [reading([5, 5], [1, 1], [0, 0])], [null, null]],
  [
    'the difference',
    [reading([5, 5], [1, 1], [0, 2]), reading([8, 5], [2, 1], [1, 2])],
    [
      { calls: 4, failed: 1 },
      { calls: 0, failed: 0 },
    ],
  ],
  [
    'a restart in between',
    [reading([90, 0], [10, 0], [9, 0]), reading([2, 0], [1, 0], [1, 0])],
    [
      { calls: 3, failed: 1 },
      { calls: 0, failed: 0 },
    ],
  ],
  [
    'a port that does not count its failures',
    [reading([1, 1], [1, 1], [0, null]), reading([2, 2], [1, 1], [0, null])],
    [{ calls: 1, failed: 0 }, null],
  ],
  [
    'ports in another order before',
    [reading([7, 1], [0, 0], [0, 0], [2, 1]), reading([3, 9], [0, 0], [0, 1])],
    [
      { calls: 2, failed: 0 },
      { calls: 2, failed: 1 },
    ],
  ],
  [
    'a reading without counters is passed over',
    [reading([1, 1], null, [0, 0]), reading(null, null, null), reading([4, 1], null, [3, 0])],
    [
      { calls: 3, failed: 3 },
      { calls: 0, failed: 0 },
    ],
  ],
])('%s', ([, readings, expected]) => {
  expect(callsOver(readings, [1, 2])).toEqual(expected);
});
