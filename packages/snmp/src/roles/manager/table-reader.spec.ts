import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BerReader, TAG } from '../../wire/ber-reader.ts';
import { SnmpError } from '../../wire/errors.ts';
import { answer } from '../responder/mib-answer.ts';
import { decodeOid } from '../../wire/oid-codec.ts';
import { encodeBindings, readVarbinds } from '../../wire/pdu.ts';
import { SortedMib } from '../responder/sorted-mib.ts';
import { ColumnCursor, TableReader, type TableRequest } from './table-reader.ts';
import { TABLE, columnOids, tableVarbinds } from '../../testing/fixtures.ts';
import type { VarBind } from '../../wire/types.ts';

const asReader = (varbinds: VarBind[]): BerReader => new BerReader(encodeBindings(varbinds)).inside(TAG.sequence);

function positions({ cursors }: TableRequest): VarBind[] {
  return cursors.map(({ position }) => ({ oid: decodeOid(position, 0, position.length), value: { type: 'null' } }));
}

/** The answer of an agent with this view to a request of a table. */
function ask(mib: SortedMib, request: TableRequest): VarBind[] {
  const bulk = { kind: 'getBulk', version: 'v2c', nonRepeaters: 0, maxRepetitions: request.repetitions } as const;
  return answer(mib, { ...bulk, varbinds: positions(request) }, 1000).varbinds;
}

const SIZE = { values: 1000, bulk: true };
const LIMITS = { maxRepetitions: 10, columnsPerPdu: 4, rowsMax: 1000 };
const integer = (oid: string, value = 1): VarBind => ({ oid, value: { type: 'integer', value } });

function errorOf(action: () => unknown): SnmpError {
  try {
    action();
  } catch (error) {
    if (error instanceof SnmpError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a table', () => {
  test('is read completely wherever the agent truncates, with any rows missing', () => {
    const hole = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 30 }));
    const parameters = fc.record({
      rows: fc.integer({ min: 0, max: 30 }),
      columns: fc.integer({ min: 1, max: 6 }),
      holes: fc.array(hole, { maxLength: 40 }),
      cuts: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }),
      maxRepetitions: fc.integer({ min: 1, max: 30 }),
      columnsPerPdu: fc.integer({ min: 1, max: 6 }),
      sizes: fc.array(fc.tuple(fc.integer({ min: 1, max: 100 }), fc.boolean()), { minLength: 1, maxLength: 4 }),
      separates: fc.boolean(),
    });
    fc.assert(
      fc.property(parameters, ({ rows, columns, holes, cuts, maxRepetitions, columnsPerPdu, sizes, separates }) => {
        const mib = new SortedMib(tableVarbinds(rows, columns));
        for (const [column, row] of holes) mib.delete(`${TABLE}.${column}.${row}`);
        const cursors = columnOids(columns).map((oid) => new ColumnCursor(oid));
        const reader = new TableReader(cursors, { maxRepetitions, columnsPerPdu, rowsMax: 1000 });
        let round = 0;
        for (;;) {
          const [values, bulk] = sizes[round % sizes.length] as [number, boolean];
          const request = reader.next({ values, bulk });
          if (request === undefined) break;
          expect(request.cursors.length * request.repetitions).toBeLessThanOrEqual(Math.max(values, columnsPerPdu));
          if (!bulk) expect(request.repetitions).toBe(1);
          if (separates && round === 1) reader.separate(request.cursors);
          const cut = cuts[round++ % cuts.length] as number;
          reader.accept(request, asReader(ask(mib, request).slice(0, cut)));
        }
        const read = cursors.flatMap((cursor) =>
          [...cursor.values].map(([suffix, value]) => ({ oid: cursor.oidOf(suffix), value })),
        );
        expect(read).toEqual([...mib]);
      }),
    );
  });

  test('an index of several arcs is the suffix', () => {
    const cursor = new ColumnCursor('1.3.6.1.9');
    const request = { cursors: [cursor], repetitions: 10 };
    new TableReader([cursor], LIMITS).accept(
      request,
      asReader([integer('1.3.6.1.9.10.0.0.1'), integer('1.3.6.1.9.10.0.0.200.4294967295')]),
    );
    expect([...cursor.values.keys()]).toEqual(['10.0.0.1', '10.0.0.200.4294967295']);
  });

  test('a column whose number has the same first digits is another one', () => {
    const cursor = new ColumnCursor('1.3.6.1.9.1');
    const reader = new TableReader([cursor], LIMITS);
    reader.accept(
      { cursors: [cursor], repetitions: 10 },
      asReader([integer('1.3.6.1.9.1.5'), integer('1.3.6.1.9.10.1')]),
    );
    expect([...cursor.values.keys()]).toEqual(['5']);
    expect(reader.next(SIZE)).toBeUndefined();
  });
});

describe('an agent that misbehaves', () => {
  const cases: [string, VarBind[], string][] = [
    ['answers the question itself', [integer(`${TABLE}.1`), integer(`${TABLE}.2`)], 'not-increasing'],
    ['stands still', [`.1.5`, `.2.5`, `.1.5`, `.2.6`].map((end) => integer(TABLE + end)), 'not-increasing'],
    ['goes back', [`.1.5`, `.2.5`, `.1.4`, `.2.6`].map((end) => integer(TABLE + end)), 'not-increasing'],
    [
      'goes by text instead of number',
      [`.1.10`, `.2.10`, `.1.9`, `.2.9`].map((end) => integer(TABLE + end)),
      'not-increasing',
    ],
    ['answers column by column', [`.1.1`, `.1.2`, `.2.1`, `.2.2`].map((end) => integer(TABLE + end)), 'not-increasing'],
    ['answers nothing', [], 'decode'],
    [
      'answers more than asked',
      Array.from({ length: 21 }, (_, i) => integer(`${TABLE}.${(i % 2) + 1}.${(i >> 1) + 1}`)),
      'decode',
    ],
  ];
  test.for(cases)('%s', ([, varbinds, code]) => {
    const cursors = columnOids(2).map((oid) => new ColumnCursor(oid));
    const reader = new TableReader(cursors, LIMITS);
    const request = { cursors, repetitions: 10 };
    expect(errorOf(() => reader.accept(request, asReader(varbinds))).code).toBe(code);
  });

  test('never stops', () => {
    const cursor = new ColumnCursor(`${TABLE}.1`);
    const reader = new TableReader([cursor], { ...LIMITS, rowsMax: 95 });
    let row = 0;
    const error = errorOf(() => {
      for (let request = reader.next(SIZE); request; request = reader.next(SIZE)) {
        reader.accept(request, asReader(Array.from({ length: 10 }, () => integer(`${TABLE}.1.${++row}`))));
      }
    });
    expect(error.code).toBe('limit');
    expect(row).toBe(100);
  });

  test('gets one column at a time once they were separated', () => {
    const cursors = columnOids(4).map((oid) => new ColumnCursor(oid));
    const reader = new TableReader(cursors, LIMITS);
    reader.separate(cursors.slice(1, 3));
    const asked: string[][] = [];
    for (let request = reader.next(SIZE); request; request = reader.next(SIZE)) {
      asked.push(request.cursors.map(({ column }) => column.slice(TABLE.length)));
      for (const cursor of request.cursors) cursor.ended = true;
    }
    expect(asked).toEqual([['.1', '.4'], ['.2'], ['.3']]);
  });

  test('sends octets that are not varbinds', () => {
    const good = encodeBindings([integer(`${TABLE}.1.1`), integer(`${TABLE}.2.1`)]);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: good.length - 1 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 6 }),
        (changes) => {
          const bytes = Buffer.from(good);
          for (const [at, octet] of changes) bytes[at] = octet;
          const cursors = columnOids(2).map((oid) => new ColumnCursor(oid));
          const content = (): BerReader => new BerReader(bytes).inside(TAG.sequence);
          try {
            new TableReader(cursors, LIMITS).accept({ cursors, repetitions: 10 }, content());
            const all = readVarbinds(content());
            // Every accepted value has the name that a full reading of the same octets gives it.
            for (const cursor of cursors) {
              for (const [suffix, value] of cursor.values) {
                expect(all).toContainEqual({ oid: cursor.oidOf(suffix), value });
              }
            }
          } catch (error) {
            if (!(error instanceof SnmpError)) throw error;
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
