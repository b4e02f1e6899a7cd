import { judgeLineTest, type LineDeviceClass } from '@loopstart/domain';
import { planAction } from '@loopstart/drivers';
import { SnmpClient } from '@loopstart/snmp';
import { afterEach, describe, expect, test } from 'vitest';
import { Fault, type FaultKind } from '../fault/fault.ts';
import { parseSpec, SimGatewaySpec, type SimGatewayInput } from '../fleet/spec.ts';
import { credentialsOf } from '../snmp/access.ts';
import { carryOutPlan } from '../testing/carry-out-plan.ts';
import { SimGateway } from './sim-gateway.ts';

const open: { stop?: () => Promise<void>; close?: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await (one.stop?.() ?? one.close?.());
});

/**
 * The result that an operator gets for a line with this device and this fault: gateway, driver and verdict together.
 */
async function verdictOf(unit: Partial<SimGatewayInput>, position: number, device: LineDeviceClass, fault?: FaultKind) {
  // At night there are no calls.
  const clock = { at: Date.UTC(2026, 2, 3, 3) };
  const ports = Array.from({ length: position }, () => ({ device, registers: false }));
  const spec = parseSpec(SimGatewaySpec, { name: 'gw', ports, ...unit }, 'gateway');
  const gateway = new SimGateway(spec, { seed: 4, tempo: { timeZone: 'UTC', pace: 1 }, now: () => clock.at });
  await gateway.start();
  const client = new SnmpClient();
  open.push(gateway, client);
  const credentials = credentialsOf(spec.access).at(-1);
  if (gateway.endpoint === null || credentials === undefined) throw new Error('not started');
  const target = {
    host: gateway.endpoint.address,
    port: gateway.endpoint.port,
    credentials,
    timeoutMs: 1_000,
    retries: 1,
  };
  const { driver, model } = gateway.living.plan;
  const info = gateway.state();
  const plan = planAction(driver, 'line-test', info.ports[position - 1] ?? null, {
    model: model.name,
    firmware: info.gateway.firmware,
  });
  if ('unsupported' in plan) throw new Error(plan.unsupported);
  const carryOut = () => carryOutPlan(client, target, plan, clock);
  // An earlier test, whose result must not be taken for that of the later one.
  await carryOut();
  if (fault !== undefined) gateway.living.setFault(Fault.parse({ kind: fault, port: position }));
  clock.at += 60_000;
  const { verdict, reason } = judgeLineTest({ values: await carryOut(), model: model.name, device });
  return `${verdict} ${reason}`;
}

describe('a line test of an Eltex TAU', () => {
  const tau = { driver: 'eltex-tau', model: 'TAU-36.IP' };
  test.for<[FaultKind | undefined, LineDeviceClass, string]>([
    [undefined, 'phone', 'pass all-normal'],
    [undefined, 'alarm-panel', 'pass all-normal'],
    [undefined, 'unused', 'pass nothing-connected-as-expected'],
    ['unplug', 'phone', 'fail nothing-connected'],
    ['unplug', 'lift-phone', 'inconclusive load-without-ringer'],
    ['unplug', 'unknown', 'inconclusive unknown-device'],
    ['short', 'phone', 'inconclusive receiver-off-hook'],
    ['receiver-off-hook', 'phone', 'inconclusive receiver-off-hook'],
    ['ground-fault', 'phone', 'fail leak-to-ground'],
    ['foreign-voltage', 'phone', 'fail foreign-voltage'],
    ['no-feed', 'phone', 'fail no-line-voltage'],
    ['over-temperature', 'phone', 'fail circuit-too-hot'],
    ['hardware-failure', 'phone', 'fail gateway-says-failed'],
  ])('with %s on a line with %s: %s', async ([fault, device, expected]) => {
    expect(await verdictOf(tau, 3, device, fault)).toBe(expected);
  });
});

describe('a line test of an AudioCodes unit', () => {
  const older = { driver: 'audiocodes', model: 'MP-118', firmware: '6.20A.038.002' };
  test.for<[Partial<SimGatewayInput>, number, FaultKind | undefined, string]>([
    [older, 1, undefined, 'pass all-normal'],
    [older, 1, 'no-feed', 'fail no-line-voltage'],
    [older, 1, 'foreign-voltage', 'fail abnormal-line-voltage'],
    [older, 1, 'ground-fault', 'fail gateway-says-failed'],
    // Voltages do not show that no device is connected.
    [older, 1, 'unplug', 'pass all-normal'],
    [older, 2, 'no-feed', 'not-measurable nothing-measured'],
    [older, 2, 'ground-fault', 'fail gateway-says-failed'],
    [{ ...older, model: 'MP-124' }, 5, 'no-feed', 'fail no-line-voltage'],
    [{ ...older, firmware: '6.60A.309.001' }, 1, 'no-feed', 'not-measurable nothing-measured'],
  ])('%o, port %i with %s: %s', async ([unit, position, fault, expected]) => {
    expect(await verdictOf(unit, position, 'phone', fault)).toBe(expected);
  });
});
