import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseDrops, segmentBytes, type DropCandidate } from './drop-policy.ts';
import { LANES } from './lane-rules.ts';

const files: DropCandidate[] = [
  { lane: 'telemetry', segment: 1, bytes: 100 },
  { lane: 'telemetry', segment: 2, bytes: 100 },
  { lane: 'inventory', segment: 1, bytes: 50 },
  { lane: 'lasting', segment: 1, bytes: 80 },
  { lane: 'lasting', segment: 2, bytes: 80 },
];
const show = (steps: ReturnType<typeof chooseDrops>) =>
  steps.map((step) => (step.do === 'drop' ? `${step.lane} ${step.segment}` : 'compact')).join(', ');

describe('what the outbox evicts', () => {
  test.for([
    ['nothing while there is room', 0, false, ''],
    ['the oldest telemetry first', 1, false, 'telemetry 1'],
    ['more telemetry when one file is not enough', 101, false, 'telemetry 1, telemetry 2'],
    [
      'then duplicates of inventories, before anything else is decided',
      201,
      false,
      'telemetry 1, telemetry 2, compact',
    ],
    ['then inventories', 201, true, 'telemetry 1, telemetry 2, inventory 1'],
    ['then what happens once, oldest first', 251, true, 'telemetry 1, telemetry 2, inventory 1, lasting 1'],
    [
      'all there is when even that is not enough',
      9999,
      true,
      'telemetry 1, telemetry 2, inventory 1, lasting 1, lasting 2',
    ],
  ] as const)('%s', ([, excess, compacted, expected]) => {
    expect(show(chooseDrops(files, excess, compacted))).toBe(expected);
  });

  test('nothing lasting is evicted while telemetry stays, and no file is evicted in vain', () => {
    const candidates = fc.array(
      fc.record({ lane: fc.constantFrom(...LANES), segment: fc.nat(50), bytes: fc.integer({ min: 1, max: 1000 }) }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(candidates, fc.nat(10_000), (all, excess) => {
        const dropped = chooseDrops(all, excess, true).filter((step) => step.do === 'drop');
        const bytesOf = (lane: string) =>
          all.filter((file) => file.lane === lane).reduce((sum, file) => sum + file.bytes, 0);
        if (dropped.some((step) => step.lane === 'lasting')) {
          expect(bytesOf('telemetry') + bytesOf('inventory')).toBeLessThan(excess);
        }
        if (dropped.some((step) => step.lane === 'inventory')) expect(bytesOf('telemetry')).toBeLessThan(excess);
        if (excess === 0) expect(dropped).toEqual([]);
      }),
    );
  });

  test.for([
    [1_048_576, 65_536],
    [268_435_456, 4_194_304],
    [64 * 1_000_000, 1_000_000],
  ] as const)('%i bytes of room make files of %i bytes', ([max, expected]) => {
    expect(segmentBytes(max)).toBe(expected);
  });
});
