import { SnmpClient, type SnmpTarget } from '@loopstart/snmp';
import { afterEach, describe, expect, test } from 'vitest';
import { Fault, type FaultKind } from '../fault/fault.ts';
import { parseSpec, SimGatewaySpec, type SimGatewayInput } from '../fleet/spec.ts';
import { SimGateway } from '../gateway/sim-gateway.ts';
import { credentialsOf } from './access.ts';

const AC_FXS = '1.3.6.1.4.1.5003.9.10.8.3.2.1.1';
const TAU_TESTS = '1.3.6.1.4.1.35265.1.9.39.1';
const START = Date.UTC(2026, 2, 3, 10, 0, 0);

const open: { stop?: () => Promise<void>; close?: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await (one.stop?.() ?? one.close?.());
});

async function tested(input: Partial<SimGatewayInput>, position: number, run: string, fault?: FaultKind) {
  const clock = { at: START };
  const spec = parseSpec(SimGatewaySpec, { name: 'gw', ports: [{}, {}, {}, {}, {}], ...input }, 'gateway');
  const gateway = new SimGateway(spec, { seed: 3, tempo: { timeZone: 'UTC', pace: 1 }, now: () => clock.at });
  await gateway.start();
  const client = new SnmpClient();
  open.push(gateway, client);
  const credentials = credentialsOf(spec.access).at(-1);
  if (gateway.endpoint === null || credentials === undefined) throw new Error('not started');
  const { address: host, port } = gateway.endpoint;
  const target: SnmpTarget = { host, port, credentials, timeoutMs: 1_000, retries: 1 };
  if (fault !== undefined) gateway.living.setFault(Fault.parse({ kind: fault, port: position }));
  await client.set(target, [{ oid: run, value: { type: 'integer', value: 1 } }]);
  clock.at += 6_000;
  return async (oid: string) => {
    const value = (await client.get(target, [oid]))[0]?.value;
    if (value?.type === 'octets') return new TextDecoder().decode(value.value);
    return value && 'value' in value ? value.value : value?.type;
  };
}

describe('the line test of an AudioCodes unit', () => {
  const run = (position: number) => `${AC_FXS}.2.${position - 1}`;

  test.for<[string, string, number, string | number]>([
    ['MP-118', '6.20A.038.002', 1, 4800],
    ['MP-118', '6.20A.038.002', 2, 'noSuchInstance'],
    ['MP-124', '6.20A.038.002', 2, 48],
    ['MP-124', '6.20A.038.002', 3, 'noSuchInstance'],
    ['MP-124', '6.60A.309.001', 1, 'noSuchInstance'],
    ['MP-118', '6.60A.309.001', 1, 'noSuchInstance'],
  ])('%s with %s has the voltage of port %i as %s', async ([model, firmware, position, expected]) => {
    const read = await tested({ driver: 'audiocodes', model, firmware }, position, run(position));
    expect(await read(run(position))).toBe(2);
    const voltage = await read(`${AC_FXS}.8.${position - 1}`);
    if (typeof expected === 'number') expect(Math.abs(Number(voltage) - expected)).toBeLessThan(expected / 40);
    // Without any measured line the column is absent.
    else expect(['noSuchInstance', 'noSuchObject']).toContain(voltage);
  });

  test.for<[FaultKind, number, number | string]>([
    ['ground-fault', 3, 'none'],
    ['hardware-failure', 3, 'none'],
    ['over-temperature', 3, 'none'],
    ['no-feed', 2, 0],
    ['foreign-voltage', 2, 1_500],
    ['unplug', 2, 5_130],
  ])('with %s ends as %i and measures about %s', async ([fault, ending, voltage]) => {
    const unit = { driver: 'audiocodes', model: 'MP-118', firmware: '6.20A.038.002' };
    const read = await tested(unit, 1, run(1), fault);
    expect(await read(run(1))).toBe(ending);
    const found = await read(`${AC_FXS}.8.0`);
    if (typeof voltage === 'number') expect(Math.abs(Number(found) - voltage)).toBeLessThan(200);
    else expect(found).toMatch(/noSuch/);
  });
});

describe('the line test of an Eltex TAU', () => {
  const read = (fault?: FaultKind) =>
    tested({ driver: 'eltex-tau', model: 'TAU-36.IP' }, 2, `${TAU_TESTS}.15.2`, fault);

  test.for<[FaultKind | undefined, Record<number, unknown>]>([
    [undefined, { 1: 2, 5: 0, 8: /^50|^51/, 9: /^\d{4}/, 12: /^0\.8/ }],
    ['unplug', { 1: 2, 5: 0, 8: /^50|^51/, 12: /^0\.0/ }],
    ['ground-fault', { 1: 2, 5: 2, 10: /^[1-5]\./ }],
    ['foreign-voltage', { 1: 2, 5: 3, 6: /^[34]\./, 7: /^3[1-3]\./, 9: /noSuch/, 12: /noSuch/ }],
    ['no-feed', { 1: 2, 5: 0, 8: '0.0' }],
    ['short', { 1: 2, 5: 0, 9: /^0\.[1-3]$/ }],
    ['hardware-failure', { 1: 2, 5: 255, 8: /noSuch/ }],
  ])('with %s reports the real values', async ([fault, cells]) => {
    const cell = await read(fault);
    for (const [column, expected] of Object.entries(cells)) {
      const found = await cell(`${TAU_TESTS}.${column}.2`);
      if (expected instanceof RegExp)
        expect([column, String(found)]).toEqual([column, expect.stringMatching(expected)]);
      else expect([column, found]).toEqual([column, expected]);
    }
    expect(await cell(`${TAU_TESTS}.4.2`)).toBe(Math.floor(START / 1_000) + 5);
  });
});
