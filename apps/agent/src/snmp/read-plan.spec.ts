import type { ReadPlan } from '@loopstart/drivers';
import { SnmpError, type Oid, type SnmpErrorCode, type SnmpTarget, type SnmpValue } from '@loopstart/snmp';
import { describe, expect, test } from 'vitest';
import { executePlan, unreadable, type SnmpReader } from './read-plan.ts';

const target = {} as SnmpTarget;
const plan: ReadPlan = {
  scalars: ['1.1.0'],
  tables: [
    { columns: ['1.2.1', '1.2.2'], rowsMax: 100 },
    { columns: ['1.3.1'], rowsMax: 100 },
  ],
  maxRepetitions: 25,
  columnsPerPdu: 4,
};
const one: SnmpValue = { type: 'integer', value: 1 };

/** A gateway with three rows in its first table, failing where asked to. */
function reader(failing: Partial<Record<Oid, SnmpErrorCode>> = {}) {
  const repetitions: (number | undefined)[] = [];
  const fail = (oid: Oid) => {
    const code = failing[oid];
    if (code !== undefined) throw new SnmpError(code, `at ${oid}`);
  };
  const client: SnmpReader = {
    async get(_target, oids) {
      for (const oid of oids) fail(oid);
      return oids.map((oid) => ({ oid, value: one }));
    },
    async columns(_target, columns, options = {}) {
      for (const oid of columns) fail(oid);
      repetitions.push(options.maxRepetitions);
      const rows = columns[0] === '1.2.1' ? ['1', '2', '3'] : ['1'];
      return new Map(columns.map((oid) => [oid, new Map(rows.map((row) => [row, one]))]));
    },
  };
  return { client, repetitions };
}

describe('reading what a plan says', () => {
  test('gives scalars and columns', async () => {
    const { answers, problems } = await executePlan(reader().client, target, plan, new Map());
    expect([...answers.scalars.keys()]).toEqual(['1.1.0']);
    expect([...answers.columns.keys()]).toEqual(['1.2.1', '1.2.2', '1.3.1']);
    expect(problems).toEqual([]);
  });

  test('asks for as many rows as there were, and one more', async () => {
    const { client, repetitions } = reader();
    const rowsSeen = new Map<Oid, number>();
    await executePlan(client, target, plan, rowsSeen);
    await executePlan(client, target, plan, rowsSeen);
    expect(repetitions).toEqual([25, 25, 4, 2]);
  });

  test.for([['decode'], ['not-increasing'], ['limit'], ['error-status'], ['too-big']] as const)(
    'a table answered with %s is left out and told, the others are read',
    async ([code]) => {
      const { answers, problems } = await executePlan(reader({ '1.2.2': code }).client, target, plan, new Map());
      expect([...answers.columns.keys()]).toEqual(['1.3.1']);
      expect(problems).toEqual([{ oid: '1.2.1', why: expect.stringContaining('cannot be read') }]);
    },
  );

  test.for([
    ['1.3.1', 'timeout'],
    ['1.3.1', 'closed'],
    ['1.1.0', 'timeout'],
    ['1.1.0', 'decode'],
  ] as const)('%s answered with %s is no reading at all', async ([oid, code]) => {
    await expect(executePlan(reader({ [oid]: code }).client, target, plan, new Map())).rejects.toMatchObject({ code });
  });
});

test.for([
  ['timeout', 'no-answer', /does not answer SNMP/],
  ['unreachable', 'network-unreachable', /cannot be reached/],
  ['auth', 'authentication-failed', /passphrase/],
  ['unknown-user', 'unknown-user', /SNMPv3 user/],
  ['not-in-time-window', 'clock-not-agreed', /clock/],
  ['error-status', 'snmp-error', /not valid SNMP/],
  ['decode', 'invalid-answer', /not valid SNMP/],
] as const)('%s as a code and in plain words', ([error, code, text]) => {
  expect(unreadable(new SnmpError(error, 'detail'))).toEqual({ code, text: expect.stringMatching(text) });
});
