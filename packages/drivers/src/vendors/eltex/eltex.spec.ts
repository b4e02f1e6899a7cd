import { describe, expect, test } from 'vitest';
import { planAction } from '../../engine/slices/actions.ts';
import type { SnmpValue } from '@loopstart/snmp';
import { integerValue, textValue } from '../../engine/values.ts';
import { port, portsInWords } from '../../testing/support.ts';
import { eltexTauSmall } from './eltex-tau-small.driver.ts';
import { eltexTau } from './eltex-tau.driver.ts';

const TAU = '1.3.6.1.4.1.35265.1.9';
const state = (number: number) => portsInWords(`${TAU}.1.0|4|TAU\n${TAU}.12.1.1.3.1|2|${number}`);
const up = { position: 1, kind: 'fxs', admin: 'unlocked', oper: 'in-service' };

describe('fxsPortState', () => {
  test.for([
    [0, { ...up, hook: 'off-hook' }],
    [1, { ...up, hook: 'on-hook', call: 'idle' }],
    [2, { ...up, hook: 'off-hook', call: 'dialling' }],
    [3, { ...up, hook: 'off-hook', call: 'seizing' }],
    [4, { ...up, hook: 'off-hook', call: 'ring-back' }],
    [5, { ...up, hook: 'on-hook', call: 'ringing' }],
    [6, { ...up, hook: 'off-hook', call: 'talking' }],
    [7, { ...up, hook: 'off-hook', call: 'busy-tone' }],
    [8, { ...up, hook: 'off-hook', call: 'hold' }],
    [11, { ...up, oper: 'testing' }],
    [12, { ...up, oper: 'out-of-service' }],
    [14, { ...up, hook: 'off-hook', call: 'conference' }],
    [15, { position: 1, kind: 'fxs' }],
    [16, { ...up, kind: 'fxo', hook: 'off-hook' }],
    [17, { ...up, kind: 'fxo', hook: 'on-hook', call: 'idle' }],
    [255, { position: 1, kind: 'fxs', admin: 'locked', oper: 'out-of-service' }],
    [77, { position: 1, kind: 'fxs' }],
  ] as const)('%i', ([number, expected]) => {
    expect(state(number).rows).toEqual([expected]);
  });

  test('a number outside the MIB is invalid, one without a meaning does not apply', () => {
    expect(state(77).why('hook', 0)).toBe('invalid-value');
    expect(state(15).why('hook', 0)).toBe('not-applicable');
  });
});

test('the unit reports model, power, the hottest sensor, and which ports are not fitted', () => {
  const { gateway, ports, poll } = portsInWords(`${TAU}.1.0|4|office
${TAU}.2.0|2|17
${TAU}.8.0|4|12.5%
${TAU}.10.5.0|2|38
${TAU}.10.6.0|2|47
${TAU}.10.7.0|2|-300
${TAU}.10.14.0|2|2
${TAU}.12.2.1.62.1|4|FXS
${TAU}.12.2.1.62.2|4|NONE
${TAU}.12.2.1.62.3|4|FXO
${TAU}.12.1.1.2.3|4|203`);
  expect(gateway).toMatchObject({ model: 'TAU-72.IP', powerSource: 'dc' });
  expect(poll.gatewayMeasures).toMatchObject({ temperatureC: 47, cpuPercent: 12.5 });
  expect(ports.map(({ position, kind, number }) => [position, kind, number])).toEqual([
    [1, 'fxs', null],
    [3, 'fxo', '203'],
  ]);
});

test('a port is disabled in its row, committed, and done when its state confirms it', () => {
  const plan = planAction(eltexTau, 'lock-port', port(7, '7'));
  if ('unsupported' in plan) throw new Error(plan.unsupported);
  expect(plan.steps[0]).toEqual({
    transport: 'snmp',
    set: [
      { oid: `${TAU}.12.2.1.21.7`, value: integerValue(1) },
      { oid: `${TAU}.12.2.1.34.7`, value: integerValue(1) },
    ],
  });
  const wait = plan.steps[1];
  if (!wait || !('readUntil' in wait)) throw new Error('does not wait');
  expect([1, 255].map((number) => wait.readUntil.done(integerValue(number)))).toEqual(['wait', 'done']);
});

describe('line test', () => {
  const TEST = `${TAU}.39.1`;
  const plan = planAction(eltexTau, 'line-test', port(7, '7'));
  if ('unsupported' in plan) throw new Error(plan.unsupported);
  const [before, run, pause, wait, found] = plan.steps;
  const result = found && 'readResult' in found ? found.readResult : {};
  const decode = (name: string, value: SnmpValue) => result[name]?.decoder.decode(value);

  test('runs, waits until it is completed, and recognises an earlier result by its time', () => {
    expect(before).toMatchObject({ readResult: { earlierEndS: { oid: `${TEST}.4.7` } } });
    expect(run).toEqual({ transport: 'snmp', set: [{ oid: `${TEST}.15.7`, value: integerValue(1) }] });
    expect(pause).toEqual({ waitForMs: 2_000 });
    if (!wait || !('readUntil' in wait)) throw new Error('does not wait');
    expect(wait.readUntil.oid).toBe(`${TEST}.1.7`);
    // idle, requested, completed, disabled, and a value that the MIB does not define.
    expect([0, 1, 2, 255, 9].map((status) => wait.readUntil.done(integerValue(status)))).toEqual([
      'wait',
      'wait',
      'done',
      'failed',
      'failed',
    ]);
    expect(result['endS']?.oid).toBe(`${TEST}.4.7`);
  });

  test.for<[string, number, string]>([
    ['foreignRingV', 6, '-24.5'],
    ['foreignTipV', 7, '0,3 V'],
    ['supplyVoltageV', 8, '51.2'],
    ['resistanceTipRingKohm', 9, '4 800'],
    ['resistanceTipGroundKohm', 10, '3.2 kOhm'],
    ['resistanceRingGroundKohm', 11, '+1200'],
    ['capacitanceTipRingUf', 12, '0,82 uF'],
    ['capacitanceTipGroundUf', 13, '0.02 µF'],
    ['capacitanceRingGroundUf', 14, ''],
  ])('%s is column %i: %s', ([name, column, text]) => {
    expect(result[name]?.oid).toBe(`${TEST}.${column}.7`);
    expect(decode(name, textValue(text))).toBe(
      {
        '-24.5': -24.5,
        '0,3 V': 0.3,
        '51.2': 51.2,
        '4 800': undefined,
        '3.2 kOhm': 3.2,
        '+1200': 1200,
        '0,82 uF': 0.82,
        '0.02 µF': 0.02,
        '': null,
      }[text],
    );
  });

  test('reads the fault from its flag, and the hook beside it', () => {
    expect([-1, 0, 1, 2, 3, 4, 5, 255, 99].map((number) => decode('outcome', integerValue(number)))).toEqual([
      'unknown',
      'done',
      'too-hot',
      'leakage-current',
      'resistance-not-measured',
      'capacitance-not-measured',
      'not-available',
      'failed',
      undefined,
    ]);
    expect(decode('hook', integerValue(0))).toBe('off-hook');
  });

  test('does not exist for FXO ports', () => {
    expect(planAction(eltexTau, 'line-test', port(7, '7', { kind: 'fxo' }))).toEqual({
      unsupported: 'This gateway cannot run a line test by SNMP where the port is FXO.',
    });
  });
});

test('small units report configuration only', () => {
  const row = '1.3.6.1.4.1.35265.1.55.1.1.2.1';
  const { driver, gateway, rows, ports, capabilities } = portsInWords(
    [1, 2, 3, 4]
      .map((at) => `${row}.2.${at}|2|${at === 4 ? 2 : 1}\n${row}.5.${at}|4|10${at}\n${row}.23.${at}|2|1`)
      .join('\n'),
  );
  expect(driver).toBe(eltexTauSmall);
  expect(gateway.model).toBe('TAU-4.IP');
  expect(rows[0]).toEqual({ position: 1, kind: 'fxs', admin: 'unlocked' });
  expect(rows[3]).toEqual({ position: 4, kind: 'fxs', admin: 'locked' });
  expect(ports[0]).toMatchObject({ number: '101', signalling: 'polarity-reversal' });
  expect(capabilities['hook']).toBe('not-supported');
});
