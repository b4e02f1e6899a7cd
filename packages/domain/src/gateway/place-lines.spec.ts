import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LineToPlace, placeLines } from './place-lines.ts';

/** `3 fxs name:A` */
const port = (text: string): LineToPlace => {
  const [position, kind, portKey] = text.split(' ') as [string, 'fxs' | 'fxo', string];
  return { position: Number(position), kind, portKey: portKey === '-' ? null : portKey };
};

describe('the lines of a gateway on its replacement', () => {
  test.for([
    [
      'the same model: number by number',
      ['1 fxs index:1', '2 fxs index:2'],
      ['1 fxs index:1', '2 fxs index:2'],
      '1>1 2>2',
      '',
    ],
    ['names outrank numbers', ['1 fxs name:A', '2 fxs name:B'], ['1 fxs name:B', '2 fxs name:A'], '1>2 2>1', ''],
    ['row indexes do not outrank numbers', ['1 fxs index:0'], ['1 fxs index:1'], '1>1', ''],
    ['fewer ports: the others are left over', ['1 fxs -', '2 fxs -', '3 fxs -'], ['1 fxs -'], '1>1', '2 3'],
    ['another kind of port takes no line', ['1 fxs -', '2 fxs -'], ['1 fxs -', '2 fxo -'], '1>1', '2'],
    [
      'a line that lost its number to a name is left over',
      ['1 fxs name:A', '2 fxs name:B'],
      ['2 fxs name:A'],
      '1>2',
      '2',
    ],
  ] as [string, string[], string[], string, string][])('%s', ([, from, to, placed, left]) => {
    const found = placeLines(from.map(port), to.map(port));
    expect(found.placed.map((one) => `${one.from}>${one.to}`).join(' ')).toBe(placed);
    expect(found.left.join(' ')).toBe(left);
  });

  test('no port gets two lines, and no line is lost', () => {
    const ports = fc.uniqueArray(
      fc.record({
        position: fc.integer({ min: 1, max: 24 }),
        kind: fc.constantFrom('fxs' as const, 'fxo' as const),
        portKey: fc.option(fc.stringMatching(/^name:[a-f]$/)),
      }),
      { selector: ({ position }) => position },
    );
    fc.assert(
      fc.property(ports, ports, (from, to) => {
        const { placed, left } = placeLines(from, to);
        expect(new Set(placed.map((one) => one.to)).size).toBe(placed.length);
        expect([...placed.map((one) => one.from), ...left].sort()).toEqual(from.map(({ position }) => position).sort());
        for (const one of placed)
          expect(from.find(({ position }) => position === one.from)?.kind).toBe(
            to.find(({ position }) => position === one.to)?.kind,
          );
      }),
    );
  });
});
