import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layOut, type Move, neighbour } from './layout.ts';

const ports = (fxs: number, fxo = 0) =>
  Array.from({ length: fxs + fxo }, (_, index) => ({
    position: index + 1,
    kind: index < fxs ? ('fxs' as const) : ('fxo' as const),
  }));

describe('where ports sit', () => {
  test.for([
    [0, []],
    [1, [1]],
    [2, [2]],
    [8, [8]],
    [10, [5, 5]],
    [16, [8, 8]],
    [23, [12, 11]],
    [24, [12, 12]],
    [48, [12, 12, 12, 12]],
  ] as const)('%i ports sit in rows of %j', ([count, rows]) => {
    expect(layOut(ports(count)).flatMap((group) => group.rows.map((row) => row.length))).toEqual(rows);
  });

  test('FXO ports sit apart, and keep their printed numbers', () => {
    expect(layOut(ports(4, 4))).toEqual([
      { kind: 'fxs', rows: [[1, 2, 3, 4]] },
      { kind: 'fxo', rows: [[5, 6, 7, 8]] },
    ]);
  });

  test('the order of the list does not matter', () => {
    expect(layOut(ports(24).reverse())).toEqual(layOut(ports(24)));
  });
});

describe('moving between ports', () => {
  const groups = layOut(ports(24));
  test.for([
    [1, 'ArrowRight', 2],
    [1, 'ArrowLeft', 1],
    [12, 'ArrowRight', 13],
    [24, 'ArrowRight', 24],
    [3, 'ArrowDown', 15],
    [15, 'ArrowUp', 3],
    [3, 'ArrowUp', 3],
    [15, 'ArrowDown', 15],
    [9, 'Home', 1],
    [9, 'End', 24],
  ] as const)('from %i, %s leads to %i', ([from, move, to]) => {
    expect(neighbour(groups, from, move)).toBe(to);
  });

  test('below the end of a longer row is the last port of the shorter one', () => {
    expect(neighbour(layOut(ports(23)), 12, 'ArrowDown')).toBe(23);
  });

  test('every port can be reached by arrow keys, whatever the device', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 96 }), fc.integer({ min: 0, max: 16 }), (fxs, fxo) => {
        const all = layOut(ports(fxs, fxo));
        const reached = new Set<number>([1]);
        for (const position of reached) {
          for (const move of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] satisfies Move[]) {
            reached.add(neighbour(all, position, move));
          }
        }
        expect(reached.size).toBe(fxs + fxo);
      }),
    );
  });
});
