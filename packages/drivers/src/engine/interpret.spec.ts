import { PORTS_MAX } from '@loopstart/contracts';
import type { SnmpValue } from '@loopstart/snmp';
import { describe, expect, test } from 'vitest';
import { inventoryFailure, port, reportFailure } from '../testing/support.ts';
import { count, enumOf, numberInText, scaled, text, truth, whole } from './codecs.ts';
import { column, scalar, type Answers } from './source.ts';
import { defineDriver } from './driver.ts';
import { encodeTables } from './encode.ts';
import { exampleState } from './example-state.ts';
import { interpretInventory } from './interpret-inventory.ts';
import { interpretPoll } from './interpret-poll.ts';
import { inventoryPlan, pollPlan } from './plan.ts';
import { answersFrom, parseSnmprec } from './snmprec.ts';
import { standardNotifications } from './standard.ts';

/** A vendor that reports everything, to show what the engine does with each kind of field. */
const acme = defineDriver({
  id: 'acme',
  vendor: 'Acme',
  revision: 1,
  evidence: 'mib-only',
  maturityNote: 'For tests.',
  models: [{ name: 'TA-3', fxs: 3, fxo: 0, sysObjectId: '1.3.6.1.4.1.77777.1', sysDescr: 'TA', firmware: '1' }],
  match: { sysObjectIds: ['1.3.6.1.4.1.77777'] },
  pollIntervalMs: 1000,
  bulk: { maxRepetitions: 7, columnsPerPdu: 3 },
  gateway: {
    model: () => 'TA-3',
    firmware: [column('1.3.9.1', 'version', text(128))],
    measures: {
      temperatureC: [{ ...column('1.3.9.2', 'temperature', whole({ min: -40, max: 150 }, [-99])), fold: 'max' }],
      cpuPercent: [scalar('1.3.9.3', 'cpu', numberInText({ min: 0, max: 100 }))],
      activeCalls: [{ ...column('1.3.9.4', 'calls', whole({ min: 0, max: 60_000 })), fold: 'sum' }],
    },
  },
  ports: {
    rows: { kinds: [column('1.3.1.1', 'kind', enumOf({ 1: 'fxs', 2: 'fxo', 3: null }))], keyOf: String },
    info: { name: [column('1.3.1.2', 'name', text(128))], t38: [column('1.3.1.9', 't38', truth)] },
    codecs: {
      switches: [
        { name: 'PCMA', source: scalar('1.3.8.1', 'pcma', truth) },
        { name: 'PCMU', source: scalar('1.3.8.2', 'pcmu', truth) },
      ],
    },
    state: { hook: [column('1.3.1.3', 'hook', enumOf({ 1: 'on-hook', 2: 'off-hook', 3: null }))] },
    measures: { lineVoltageV: [column('1.3.1.4', 'voltage', scaled(0.1, { min: -1000, max: 1000 }))] },
    counters: { callsIn: [column('1.3.1.5', 'callsIn', count)], callsOut: [column('1.3.1.6', 'callsOut', count)] },
  },
  actions: { rules: {} },
  lineTest: { measures: ['loopCurrentMa'], steps: () => [] },
  notifications: { rules: standardNotifications({ rowsAreInterfaces: true }) },
});

const ports = [port(1, '1'), port(2, '2'), port(3, '3')];
const poll = (walk: string) => interpretPoll(acme, ports, answersFrom(parseSnmprec(walk), pollPlan(acme)));
const inventory = (walk: string) => interpretInventory(acme, answersFrom(parseSnmprec(walk), inventoryPlan(acme)));

describe('a poll', () => {
  test('gives every cell a value or its own reason', () => {
    const reading = poll(
      '1.3.1.3.1|2|2\n1.3.1.3.2|2|9\n1.3.1.4.3|2|-481\n1.3.1.4.1|2|2001\n1.3.1.5.1|65|7\n1.3.1.5.2|2|-7\n1.3.1.6.1|2|1\n1.3.1.6.2|2|2\n1.3.1.6.3|2|3',
    );
    expect(reading.state.hook).toEqual([1, null, null]);
    // 200.1 V is within the codec's range and outside the field's.
    expect(reading.measures.lineVoltageV).toEqual([null, null, -48.1]);
    expect(reading.counters).toEqual({
      callsIn: [7, null, null],
      callsOut: [1, 2, 3],
      callsFailed: [null, null, null],
    });
    const reasons = (field: string) => reading.nulls.filter((entry) => entry.field === field);
    expect(reasons('hook')).toEqual([
      { field: 'hook', reason: 'invalid-value', ports: [1] },
      { field: 'hook', reason: 'not-answered', ports: [2] },
    ]);
    expect(reasons('lineVoltageV')).toEqual([
      { field: 'lineVoltageV', reason: 'invalid-value', ports: [0] },
      { field: 'lineVoltageV', reason: 'not-answered', ports: [1] },
    ]);
    expect(reasons('loopCurrentMa')).toEqual([{ field: 'loopCurrentMa', reason: 'never-read', ports: '*' }]);
    expect(reasons('ringVoltageV')).toEqual([{ field: 'ringVoltageV', reason: 'not-supported', ports: '*' }]);
    expect(reasons('callsOut')).toEqual([]);
    expect(reading.problems.map(({ oid }) => oid)).toEqual(['1.3.1.3.2', '1.3.1.4.1', '1.3.1.5.2']);
    expect(reportFailure(reading)).toBeNull();
  });

  test('keeps no measure of the gateway that is outside what the field may hold', () => {
    // 2 x 60000 calls: each row is within the codec's range, their sum is beyond any gateway.
    const reading = poll('1.3.9.4.1|2|60000\n1.3.9.4.2|2|60000\n1.3.9.2.1|2|-41\n1.3.9.2.2|2|151');
    expect(reading.gatewayMeasures).toMatchObject({ activeCalls: null, temperatureC: null });
    expect(reading.nulls).toContainEqual({ field: 'activeCalls', reason: 'invalid-value', ports: '*' });
    expect(reading.nulls).toContainEqual({ field: 'temperatureC', reason: 'invalid-value', ports: '*' });
    expect(reportFailure(reading)).toBeNull();
    expect(poll('1.3.9.4.1|2|50000\n1.3.9.4.2|2|50000').gatewayMeasures.activeCalls).toBe(100_000);
  });

  test('finds rows by the key of the port, in the order of the ports given', () => {
    const answers = answersFrom(parseSnmprec('1.3.1.3.1|2|1\n1.3.1.3.9|2|2'), pollPlan(acme));
    expect(interpretPoll(acme, [port(1, '9'), port(2, '1')], answers).state.hook).toEqual([1, 0]);
  });

  test('folds the rows of a gateway measure, and leaves out absent sensors', () => {
    const { gatewayMeasures, nulls } = poll(
      '1.3.9.2.1|2|40\n1.3.9.2.2|2|-99\n1.3.9.2.3|2|55\n1.3.9.4.1|2|2\n1.3.9.4.2|2|3\n1.3.9.3.0|4|busy\n1.3.6.1.2.1.1.3.0|67|250',
    );
    expect(gatewayMeasures).toEqual({
      uptimeS: 2,
      temperatureC: 55,
      cpuPercent: null,
      memoryPercent: null,
      activeCalls: 5,
    });
    expect(nulls).toContainEqual({ field: 'cpuPercent', reason: 'invalid-value', ports: '*' });
    expect(nulls).toContainEqual({ field: 'memoryPercent', reason: 'not-supported', ports: '*' });
  });

  test('treats exceptions of SNMP as no answer', () => {
    const types = ['null', 'noSuchObject', 'noSuchInstance', 'endOfMibView'] as const;
    for (const type of types) {
      const columns: Answers['columns'] = new Map([['1.3.1.3', new Map<string, SnmpValue>([['1', { type }]])]]);
      const { nulls } = interpretPoll(acme, [port(1, '1')], { scalars: new Map(), columns });
      expect(nulls).toContainEqual({ field: 'hook', reason: 'not-answered', ports: '*' });
    }
  });

  test('limits its complaints about a hostile gateway', () => {
    const many = Array.from({ length: 200 }, (_, at) => port(at + 1, String(at + 1)));
    const columns: Answers['columns'] = new Map([
      ['1.3.1.3', new Map(many.map(({ key }): [string, SnmpValue] => [key, { type: 'integer', value: 77 }]))],
    ]);
    expect(interpretPoll(acme, many, { scalars: new Map(), columns }).problems).toHaveLength(50);
  });
});

describe('an inventory', () => {
  test('numbers ports in the order of their index, and skips rows that are not ports', () => {
    const { ports: found } = inventory(
      '1.3.1.1.10|2|2\n1.3.1.1.2|2|1\n1.3.1.1.3|2|3\n1.3.1.1.4|4|x\n1.3.1.2.10|4|Lift',
    );
    expect(found.map(({ position, key, kind, name }) => [position, key, kind, name])).toEqual([
      [1, '2', 'fxs', null],
      [2, '10', 'fxo', 'Lift'],
    ]);
  });

  test('limits the length of an index, and the number of ports as the contract does', () => {
    const rows = Array.from({ length: PORTS_MAX + 9 }, (_, at) => `1.3.1.1.${at + 1}|2|1`);
    const found = inventory([`1.3.1.1.${'1.'.repeat(100)}1|2|1`, ...rows].join('\n'));
    expect(found.ports).toHaveLength(PORTS_MAX);
    expect(inventoryFailure(acme, found)).toBeNull();
  });

  test('takes identity from the first row, not from a part', () => {
    expect(inventory('1.3.9.1.1|4|\n1.3.9.1.2|4|9.9').gateway.firmware).toBeNull();
    expect(inventory('1.3.9.1.1|4|1.0\n1.3.9.1.2|4|9.9').gateway.firmware).toBe('1.0');
  });

  test('lists the codecs that are switched on, and none where no switch answers', () => {
    const one = '1.3.1.1.1|2|1\n';
    expect(inventory(`${one}1.3.8.1.0|2|1\n1.3.8.2.0|2|2`).ports[0]?.codecs).toEqual(['PCMA']);
    expect(inventory(`${one}1.3.8.1.0|2|2`).ports[0]?.codecs).toEqual([]);
    expect(inventory(one).ports[0]?.codecs).toBeNull();
  });

  test('records for each field whether this unit reports it', () => {
    const { capabilities } = inventory('1.3.1.1.1|2|1\n1.3.1.3.1|2|3');
    expect(capabilities).toMatchObject({
      hook: 'measured',
      lineVoltageV: 'unproven',
      loopCurrentMa: 'unproven',
      ringVoltageV: 'not-supported',
    });
  });
});

test('measures and counters are read from the tables as they were encoded', () => {
  const state = exampleState(acme);
  state.measures.forEach((cells, at) => (cells.lineVoltageV = -48.5 - at));
  state.counters.forEach((cells, at) => (cells.callsIn = at * 10));
  const reading = interpretPoll(acme, state.ports, answersFrom(encodeTables(acme, state), pollPlan(acme)));
  expect(reading.measures.lineVoltageV).toEqual([-48.5, -49.5, -50.5]);
  expect(reading.counters.callsIn).toEqual([0, 10, 20]);
});

test('a driver that explains a notification twice does not load', () => {
  const { rules } = acme.notifications;
  const twice = { rules: [...rules, ...rules] };
  expect(() => defineDriver({ ...acme, notifications: twice })).toThrow('twice');
  expect(() => defineDriver({ ...acme, id: 'Acme TA' })).toThrow('kebab-case');
  expect(() => exampleState(acme, 'TA-9')).toThrow('no model "TA-9"');
});
