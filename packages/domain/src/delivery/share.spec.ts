import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shareOut } from './share.ts';

test.for<[number[], number, number[]]>([
  [[3, 3], 10, [3, 3]],
  [[100, 1, 1], 8, [6, 1, 1]],
  [[8, 8, 8], 4, [2, 1, 1]],
  [[8, 8, 8], 2, [1, 1, 0]],
  [[0, 5], 3, [0, 3]],
  [[5], 0, [0]],
  [[], 5, []],
])('%j of %i is %j', ([wants, capacity, shares]) => {
  expect(shareOut(wants, capacity)).toEqual(shares);
});

test('no unit is shared twice, none is held back, and no backlog is passed over', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 30 }), fc.nat(100), (wants, capacity) => {
      const shares = shareOut(wants, capacity);
      const sum = (list: number[]) => list.reduce((total, one) => total + one, 0);
      expect(sum(shares)).toBe(Math.min(capacity, sum(wants)));
      for (const [index, share] of shares.entries()) expect(share).toBeLessThanOrEqual(wants[index]!);
      const wanting = wants.filter((want) => want > 0).length;
      if (capacity >= wanting)
        for (const [index, want] of wants.entries()) if (want > 0) expect(shares[index]).toBeGreaterThan(0);
    }),
  );
});
