import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Position } from './cursor.ts';
import { admit, comparePositions, STREAM_START } from './cursor.ts';

describe('admit', () => {
  test.for([
    ['the first message ever', [0, 0], [1, 1], [0, 0], 'accept'],
    ['the next one', [1, 4], [1, 5], [1, 4], 'accept'],
    ['one seen before', [1, 5], [1, 5], [1, 4], 'duplicate'],
    ['an old one', [1, 5], [1, 2], [1, 1], 'duplicate'],
    ['one that runs ahead', [1, 5], [1, 7], [1, 6], 'out-of-order'],
    ['the first after the agent dropped some', [1, 5], [1, 9], [1, 5], 'accept'],
    ['the first of a new epoch', [1, 5], [2, 6], [1, 5], 'accept'],
    ['a new epoch while the old one is still on its way', [1, 4], [2, 6], [1, 5], 'out-of-order'],
    ['an old epoch with a high sequence', [2, 6], [1, 900], [1, 899], 'duplicate'],
  ] as const)('%s', ([, committed, position, after, expected]) => {
    expect(admit(committed, position, after)).toBe(expected);
  });

  test('any order of arrival with resends stores each message once and in order', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 40 })
          .chain((count) =>
            fc.tuple(fc.constant(count), fc.array(fc.integer({ min: 0, max: count - 1 }), { maxLength: 400 })),
          ),
        fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
        ([count, arrivals], restarts) => {
          let epoch = 1;
          const sent: Position[] = Array.from({ length: count }, (_, index) => {
            if (restarts[index]) epoch += 1;
            return [epoch, index + 1];
          });
          const stored: Position[] = [];
          let committed = STREAM_START;
          const deliver = (index: number) => {
            const position = sent[index]!;
            if (admit(committed, position, sent[index - 1] ?? STREAM_START) === 'accept') {
              stored.push(position);
              committed = position;
            }
          };
          arrivals.forEach(deliver);
          // As the agent does in the end: it sends everything again that was not acknowledged.
          sent.forEach((_, index) => deliver(index));
          expect(stored).toEqual(sent);
          expect(stored.toSorted(comparePositions)).toEqual(stored);
        },
      ),
    );
  });
});
