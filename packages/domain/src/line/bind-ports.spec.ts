import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bindPorts, type PortIdentity } from './bind-ports.ts';

const MAX = 512;

/** `2 30 name:FXS-3:1` is number 2, row 30 and that key; `-` is no key. Kind and name follow from the key's text. */
function port(text: string): PortIdentity {
  const [position, key, portKey] = text.split(' ') as [string, string, string];
  const name = portKey === '-' ? null : portKey.slice(portKey.indexOf(':') + 1);
  return {
    position: Number(position),
    key,
    portKey: portKey === '-' ? null : portKey,
    kind: name?.startsWith('FXO') === true ? 'fxo' : 'fxs',
    name,
  };
}
const named = (text: string, name: string): PortIdentity => ({ ...port(text), name, kind: 'fxs' });

describe('the number of a reported port', () => {
  test.for([
    ['first seen: as it reports', [], ['1 10 name:A', '2 20 name:B'], [1, 2]],
    ['nothing changed', ['1 10 name:A', '2 20 name:B'], ['1 10 name:A', '2 20 name:B'], [1, 2]],
    [
      'renumbered: FXO-2:1 moved behind FXS-3:1',
      ['1 10 name:FXS-1:1', '2 20 name:FXO-2:1', '3 30 name:FXS-3:1'],
      ['1 10 name:FXS-1:1', '2 30 name:FXS-3:1', '3 40 name:FXO-2:1'],
      [1, 3, 2],
    ],
    [
      'a card taken out: those behind it do not move up',
      ['1 10 name:A', '2 20 name:B', '3 30 name:C'],
      ['1 10 name:A', '2 30 name:C'],
      [1, 3],
    ],
    [
      'a card put in before others: it gets the free number',
      ['1 10 name:A', '2 20 name:B'],
      ['1 10 name:A', '2 15 name:N', '3 20 name:B'],
      [1, 3, 2],
    ],
    ['a new port that reports a free number has it', ['1 10 name:A'], ['1 10 name:A', '5 50 name:N'], [1, 5]],
    [
      'another card in a slot is another port',
      ['1 10 name:A', '2 20 name:FXS-2:1'],
      ['1 10 name:A', '2 20 name:FXO-2:1'],
      [1, 3],
    ],
    [
      'every name is another, rows and kinds are not: the same ports',
      ['1 10 name:A', '2 20 name:B'],
      ['1 10 name:a1', '2 20 name:b1'],
      [1, 2],
    ],
    [
      'the names were not answered: the rows decide',
      ['2 10 name:A', '1 20 name:B'],
      ['1 10 index:10', '2 20 index:20'],
      [2, 1],
    ],
    [
      'ports of an agent without keys keep their reported numbers',
      ['1 10 name:A', '2 20 name:B'],
      ['1 20 -', '2 10 -'],
      [1, 2],
    ],
    [
      'two ports with one key cannot be distinguished: both are new',
      ['1 10 name:A'],
      ['1 10 name:A', '2 20 name:A'],
      [2, 3],
    ],
  ] as [string, string[], string[], number[]][])('%s', ([, known, found, expected]) => {
    const bound = bindPorts(known.map(port), found.map(port), MAX);
    expect(bound.map((one) => one?.position)).toEqual(expected);
  });

  test('ports reported by an older agent are found by name, even in other rows', () => {
    const known = [named('1 10 -', 'FXS-1:1'), named('2 20 -', 'FXO-2:1'), named('3 30 -', 'FXS-3:1')];
    const found = [port('1 10 name:FXS-1:1'), port('2 30 name:FXS-3:1'), port('3 40 name:FXO-2:1')];
    expect(bindPorts(known, found, MAX).map((one) => one?.position)).toEqual([1, 3, 2]);
  });

  test('a name that is missing in one answer is kept', () => {
    const [bound] = bindPorts([port('4 10 name:A')], [port('1 10 index:10')], MAX);
    expect(bound).toEqual({ position: 4, portKey: 'name:A' });
  });

  test('a port for which no number is free is left out', () => {
    const known = [port('1 10 name:A'), port('2 20 name:B')];
    expect(bindPorts(known, [port('1 10 name:A'), port('2 30 name:C')], 2)).toEqual([
      { position: 1, portKey: 'name:A' },
      null,
    ]);
  });
});

describe('whatever the order of rows', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 24 });
  const report = (list: readonly string[]): PortIdentity[] =>
    list.map((name, at) => ({
      position: at + 1,
      key: String((at + 1) * 10),
      portKey: `name:${name}`,
      kind: 'fxs',
      name,
    }));

  test('a port keeps its number through any sequence of renumberings, and no two share one', () => {
    fc.assert(
      fc.property(names, fc.array(fc.infiniteStream(fc.nat()), { maxLength: 5 }), fc.nat(3), (all, orders, away) => {
        let known: PortIdentity[] = [];
        const numbers = new Map<string, number>();
        for (const order of [null, ...orders]) {
          const shuffled =
            order === null
              ? all
              : all
                  .map((name) => ({ name, at: order.next().value }))
                  .sort((a, b) => a.at - b.at)
                  .map(({ name }) => name);
          // Some ports are absent at times, but never all: at least one name remains for comparison.
          const present = report(order === null ? shuffled : shuffled.slice(Math.min(away, shuffled.length - 1)));
          const bound = bindPorts(known, present, MAX);
          expect(new Set(bound.map((one) => one?.position)).size).toBe(present.length);
          present.forEach((found, at) => {
            const { position } = bound[at]!;
            expect(numbers.get(found.name!) ?? position).toBe(position);
            numbers.set(found.name!, position);
            known = [...known.filter((one) => one.position !== position), { ...found, position }];
          });
        }
      }),
    );
  });
});
