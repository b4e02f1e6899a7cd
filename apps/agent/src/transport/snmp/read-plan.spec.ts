import type { SnmpReads } from '@loopstart/drivers';
import {
  SnmpError,
  type Oid,
  type ReadFailure,
  type SnmpErrorCode,
  type SnmpTarget,
  type SnmpValue,
} from '@loopstart/snmp';
import { describe, expect, test } from 'vitest';
import { executePlan, isUnread, readMemory, type SnmpReader } from './read-plan.ts';

const target = {} as SnmpTarget;
const plan: SnmpReads = {
  scalars: ['1.1.0', '1.1.1'],
  tables: [
    { columns: ['1.2.1', '1.2.2'], rowsMax: 100 },
    { columns: ['1.3.1'], rowsMax: 100 },
  ],
  maxRepetitions: 25,
  columnsPerPdu: 4,
};
const one: SnmpValue = { type: 'integer', value: 1 };
/** Errors that end a reading at once; other errors affect one object. */
const ENDS: ReadonlySet<SnmpErrorCode> = new Set(['timeout', 'closed', 'auth', 'not-answered']);

/** A gateway with three rows in its first table, failing as the test sets it. */
function reader(failing: Partial<Record<Oid, SnmpErrorCode>> = {}) {
  const repetitions: (number | undefined)[] = [];
  const failuresOf = (oids: readonly Oid[]): ReadFailure[] =>
    oids.flatMap((oid) => {
      const code = failing[oid];
      if (code === undefined) return [];
      const error = new SnmpError(code, `at ${oid}`);
      if (ENDS.has(code)) throw error;
      return [{ oid, error }];
    });
  const client: SnmpReader = {
    async read(_target, oids) {
      const failures = failuresOf(oids);
      const varbinds = oids.filter((oid) => failing[oid] === undefined).map((oid) => ({ oid, value: one }));
      return { varbinds, failures };
    },
    async readColumns(_target, columns, options = {}) {
      const failures = failuresOf(columns);
      repetitions.push(options.maxRepetitions);
      const rows = columns[0] === '1.2.1' ? ['1', '2', '3'] : ['1'];
      const cells = (oid: Oid) => new Map(failing[oid] === undefined ? rows.map((row) => [row, one]) : []);
      return { columns: new Map(columns.map((oid) => [oid, cells(oid)])), failures };
    },
  };
  return { client, repetitions };
}

const read = (failing: Partial<Record<Oid, SnmpErrorCode>> = {}) =>
  executePlan(reader(failing).client, target, plan, readMemory());

describe('reading the objects of a plan', () => {
  test('gives scalars and columns', async () => {
    const { answers, problems, unread } = await read();
    expect([...answers.scalars.keys()]).toEqual(['1.1.0', '1.1.1']);
    expect([...answers.columns.keys()]).toEqual(['1.2.1', '1.2.2', '1.3.1']);
    expect(problems).toEqual([]);
    expect([...unread]).toEqual([]);
  });

  test('requests as many rows as there were, and one more', async () => {
    const { client, repetitions } = reader();
    const memory = readMemory();
    await executePlan(client, target, plan, memory);
    await executePlan(client, target, plan, memory);
    expect(repetitions).toEqual([25, 25, 4, 2]);
  });

  test.for([
    ['1.2.2', 'decode'],
    ['1.2.2', 'not-increasing'],
    ['1.2.2', 'limit'],
    ['1.2.2', 'error-status'],
    ['1.1.0', 'error-status'],
    ['1.1.0', 'decode'],
    ['1.1.0', 'too-big'],
  ] as const)('%s answered with %s is unread and reported, the others are read', async ([oid, code]) => {
    const { answers, problems, unread } = await read({ [oid]: code });
    expect([...unread]).toEqual([oid]);
    expect(problems).toEqual([{ oid, why: expect.stringContaining('cannot be read') }]);
    expect(answers.columns.get('1.2.1')?.size).toBe(3);
    expect(answers.scalars.has('1.1.1')).toBe(true);
  });

  test.for([
    ['1.3.1', 'timeout'],
    ['1.3.1', 'closed'],
    ['1.1.0', 'timeout'],
    ['1.1.0', 'not-answered'],
  ] as const)('%s answered with %s is no reading at all', async ([oid, code]) => {
    await expect(read({ [oid]: code })).rejects.toMatchObject({ code });
  });

  test('a reading of errors only is rejected', async () => {
    const everything = Object.fromEntries(
      ['1.1.0', '1.1.1', '1.2.1', '1.2.2', '1.3.1'].map((oid) => [oid, 'error-status' as const]),
    );
    await expect(read(everything)).rejects.toMatchObject({ code: 'error-status' });
  });
});

test.for([
  ['the column', ['1.2.1'], true],
  ['a cell of it', ['1.2.1.7'], true],
  ['another whose number begins alike', ['1.2.10', '1.2.11.1'], false],
  ['nothing', [], false],
] as const)('of a column %s unread', ([, oids, expected]) => {
  expect(isUnread(new Set(oids), '1.2.1')).toBe(expected);
});
