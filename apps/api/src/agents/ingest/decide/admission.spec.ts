import { comparePositions, type Position } from '@loopstart/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admitAll, type Sequenced } from './admission.ts';

const at = (seq: number, after = seq - 1): Sequenced => ({ position: [1, seq], after: [after === 0 ? 0 : 1, after] });
const seqs = (messages: readonly Sequenced[]) => messages.map(({ position }) => position?.[1]);

describe('admitting an agent’s messages', () => {
  test.for<[string, Position, Sequenced[], number[], number[], number[]]>([
    ['in order', [1, 1], [at(2), at(3)], [2, 3], [], []],
    ['seen before', [1, 3], [at(2), at(3), at(4)], [4], [2, 3], []],
    ['twice in one batch', [1, 1], [at(2), at(2)], [2], [2], []],
    ['with one missing', [1, 1], [at(2), at(4)], [2], [], [4]],
    ['the later one first', [1, 1], [at(3), at(2)], [2, 3], [], []],
    ['over a hole the agent knows of', [1, 1], [at(9, 1)], [9], [], []],
    ['of a new start of the agent', [1, 7], [{ position: [2, 8], after: [1, 7] }], [8], [], []],
    ['of nothing yet', [0, 0], [at(1)], [1], [], []],
  ])('%s', ([, committed, messages, accepted, duplicates, early]) => {
    const result = admitAll(committed, messages);
    expect([seqs(result.accepted), seqs(result.duplicates), seqs(result.early)]).toEqual([accepted, duplicates, early]);
    expect(result.cursor).toEqual(result.accepted.at(-1)?.position ?? committed);
  });

  test('messages without a position are separate and do not move the cursor', () => {
    const noise: Sequenced = { position: null, after: [0, 0] };
    const result = admitAll([1, 1], [noise, at(2), noise]);
    expect(result.unsequenced).toHaveLength(2);
    expect(seqs(result.accepted)).toEqual([2]);
  });

  test('for parts of a stream in any order, each is accepted at most once and the cursor only grows', () => {
    const deliveries = fc.array(
      fc.array(
        fc.integer({ min: 1, max: 30 }).map((seq) => at(seq)),
        { maxLength: 10 },
      ),
    );
    fc.assert(
      fc.property(deliveries, (batches) => {
        let committed: Position = [0, 0];
        const accepted: number[] = [];
        for (const batch of batches) {
          const result = admitAll(committed, batch);
          expect(comparePositions(result.cursor, committed)).toBeGreaterThanOrEqual(0);
          accepted.push(...result.accepted.map(({ position }) => position![1]));
          committed = result.cursor;
        }
        expect(accepted).toEqual(accepted.map((_, index) => index + 1));
      }),
    );
  });
});
