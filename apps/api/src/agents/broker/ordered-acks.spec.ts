import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OrderedAcks } from './ordered-acks.ts';

test('acknowledgements leave in the order of the messages, whatever order they are handled in', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 5_000 }), (order) => {
      const left: number[] = [];
      const acks = new OrderedAcks((messageId) => left.push(messageId));
      const settles = order.map((_, messageId) => acks.take(messageId));
      const shuffled = order.map((weight, messageId) => ({ weight, messageId })).sort((a, b) => a.weight - b.weight);
      const done = new Set<number>();
      for (const { messageId } of shuffled) {
        settles[messageId]!();
        done.add(messageId);
        expect(left.length === 0 || done.has(left.at(-1)!)).toBe(true);
      }
      expect(left).toEqual(order.map((_, messageId) => messageId));
    }),
    { numRuns: 30 },
  );
});
