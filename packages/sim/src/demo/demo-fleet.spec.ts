import { fromCode, PORT_STATE_FIELDS, PORT_STATE_FIELD_NAMES, portHealth, type PortState } from '@loopstart/domain';
import {
  answersFrom,
  driverById,
  encodeTables,
  identify,
  IDENTIFY_SCALARS,
  interpretPoll,
  pollPlan,
} from '@loopstart/drivers';
import { SnmpClient } from '@loopstart/snmp';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseSpec, SimFleetSpec } from '../fleet/spec.ts';
import { Fault } from '../fault/fault.ts';
import { SimFleet } from '../fleet/sim-fleet.ts';
import type { SimGateway } from '../gateway/sim-gateway.ts';
import { credentialsOf } from '../snmp/access.ts';
import { sayable } from '../snmp/sayable.ts';
import { demoFleet } from './demo-fleet.ts';

const START = Date.UTC(2026, 2, 3, 10, 0, 0);
const MINUTE = 60_000;
const demo = demoFleet(7);
const sites = demo.customers.flatMap((customer) => customer.sites);
const gateways = sites.flatMap((site) => site.gateways);

test('is what the README promises', () => {
  expect(demo.customers).toHaveLength(3);
  expect(sites.length).toBeGreaterThanOrEqual(6);
  expect(new Set(sites.map(({ timeZone }) => timeZone))).toHaveLength(3);
  for (const site of sites) {
    expect(site.gateways.length).toBeGreaterThanOrEqual(1);
    expect(site.gateways.length).toBeLessThanOrEqual(4);
    expect(site.emergencyLocation).toMatch(/\w+/);
    expect(site.addressLines.length).toBeGreaterThanOrEqual(3);
    expect([site.latitude, site.longitude]).not.toContain(undefined);
  }
  const makers = new Set(gateways.map(({ driver }) => driver.split('-')[0]));
  expect([...makers].toSorted()).toEqual([
    'audiocodes',
    'cisco',
    'eltex',
    'grandstream',
    'mediatrix',
    'patton',
    'sangoma',
  ]);
  const used = gateways.flatMap(({ ports }) => ports).filter(({ device }) => device !== 'unused');
  expect(used.every(({ label, number }) => label !== undefined && number !== undefined)).toBe(true);
  expect(new Set(used.map(({ device }) => device)).size).toBeGreaterThanOrEqual(8);
});

test('gives every gateway an address of its own and every site an agent of its own', () => {
  expect(new Set(gateways.map(({ address, port }) => `${address}:${port}`)).size).toBe(gateways.length);
  const agents = sites.map((site) => new Set(site.gateways.map(({ notify }) => notify?.port)));
  expect(agents.every((ports) => ports.size === 1)).toBe(true);
  expect(new Set(agents.flatMap((ports) => [...ports])).size).toBe(sites.length);
  expect(demoFleet(1, { notifyPort: null }).customers[0]?.sites[0]?.gateways[0]?.notify).toBeUndefined();
});

test('accepts actions wherever the vendor allows them, with other credentials than those for reading', () => {
  const actable = gateways.filter(({ driver }) => Object.keys(driverById(driver)?.actions.rules ?? {}).length > 0);
  expect(actable.length).toBeGreaterThan(5);
  for (const { name, access, readOnlyUser } of actable) {
    expect([name, credentialsOf(access, readOnlyUser).some(({ readOnly }) => !readOnly)]).toEqual([name, true]);
    if (access.version !== 'v3') expect(access.writeCommunity).not.toBe(access.community);
  }
});

test('survives being written to a file', () => {
  expect(parseSpec(SimFleetSpec, JSON.parse(JSON.stringify(demo)), 'fleet')).toEqual(demo);
});

describe('its faults', () => {
  let clock = { at: START };
  let fleet: SimFleet;
  beforeAll(async () => {
    clock = { at: START };
    fleet = await SimFleet.create(demo, { now: () => clock.at });
  });

  /** Health of each port as this gateway's driver shows it to an operator. */
  function healthOf(gateway: SimGateway): string[] {
    const { driver } = gateway.living.plan;
    const truth = gateway.state();
    const reported = { ...truth, states: truth.states.map((words) => sayable(driver, words)) };
    const { state } = interpretPoll(driver, truth.ports, answersFrom(encodeTables(driver, reported), pollPlan(driver)));
    return truth.ports.map((_, at) => {
      const words = Object.fromEntries(
        PORT_STATE_FIELD_NAMES.map((field) => [field, fromCode<string>(PORT_STATE_FIELDS[field], state[field][at])]),
      ) as unknown as PortState;
      const { severity, reason } = portHealth(words, gateway.spec.ports[at]?.device ?? 'unused');
      return `${severity} ${reason}`;
    });
  }
  const troubled = () =>
    [...fleet.gateways].flatMap((gateway) =>
      // A gateway without power is unknown, not down.
      (gateway.living.down ? [] : healthOf(gateway)).flatMap((health, at) =>
        /^(minor|major|critical)/.test(health) ? [`${gateway.name}/${at + 1} ${health}`] : [],
      ),
    );

  test('are few at the start: one receiver beside the pool', () => {
    expect(troubled()).toEqual(['hotel-mp118/8 minor receiver-off-hook']);
  });

  const scripted = gateways.flatMap(({ name, faults }) =>
    faults.filter(({ port }) => port !== null).map((fault) => [`${fault.kind} of ${name}`, name, fault] as const),
  );
  test.for(scripted)('%s is detected by its driver', ([, name, fault]) => {
    const gateway = fleet.gateway(name);
    if (gateway === undefined) throw new Error(`no gateway ${name}`);
    clock.at = Math.max(clock.at, START + fault.afterMs);
    const period = fault.everyMs ?? Infinity;
    while (fault.everyMs !== null && (clock.at - START - fault.afterMs) % period > 1_000) clock.at += 1_000;
    clock.at += 30_000;
    expect(healthOf(gateway)[(fault.port ?? 0) - 1]).toMatch(/^(minor|major|critical)/);
  });

  test.for([
    ['hotel-tau36', 2],
    ['beech-vega50', 2],
  ] as const)(
    'a broken circuit of %s/%i, as in the README, is seen; a missing telephone is not',
    ([name, position]) => {
      const gateway = fleet.gateway(name);
      const health = () => (gateway === undefined ? '' : healthOf(gateway)[position - 1]);
      const spoil = (kind: 'hardware-failure' | 'unplug') =>
        gateway?.living.setFault(Fault.parse({ kind, port: position }));
      spoil('hardware-failure');
      expect(health()).toMatch(/^(major|critical)/);
      gateway?.living.clearFaults(({ port }) => port === position);
      clock.at += MINUTE;
      spoil('unplug');
      expect(health()).toMatch(/^ok/);
      gateway?.living.clearFaults(({ port }) => port === position);
    },
  );

  test('begin and end: at any time there are few, and within an hour there is one', () => {
    const seen = new Set<string>();
    for (let minute = 0; minute < 60; minute++) {
      clock.at += MINUTE;
      const now = troubled();
      for (const one of now) seen.add(one);
      // The whole of store 22 loses its registrar for two minutes: that is the largest.
      expect(now.filter((one) => !one.startsWith('store22-gxw4224')).length).toBeLessThanOrEqual(6);
    }
    expect(seen.size).toBeGreaterThan(5);
  });
});

test('every gateway answers at its own address with its own access, and is recognised', async () => {
  const fleet = await SimFleet.create(demoFleet(7, { snmpPort: 0, notifyPort: null }));
  const client = new SnmpClient();
  try {
    await fleet.start();
    for (const { name, endpoint, spec, living } of fleet.gateways) {
      const credentials = credentialsOf(spec.access)[0];
      if (endpoint === null || credentials === undefined) throw new Error(`${name} is not started`);
      const { address: host, port } = endpoint;
      const target = { host, port, credentials, timeoutMs: 2_000, retries: 1 };
      const known = new Map((await client.get(target, IDENTIFY_SCALARS)).map(({ oid, value }) => [oid, value]));
      expect([name, identify(known).driver.id]).toEqual([name, living.plan.driver.id]);
    }
  } finally {
    await client.close();
    await fleet.stop();
  }
});

test.for([0, 3, 6, 9, 12, 15, 18, 21])("shows life within a minute at %d o'clock UTC", async (hour) => {
  const clock = { at: Date.UTC(2026, 2, 4, hour) };
  const fleet = await SimFleet.create(demo, { now: () => clock.at });
  const calls = () => [...fleet.gateways].flatMap(({ living }) => living.life.ports.map(({ call }) => call));
  const changed = new Set<number>();
  let before = calls();
  for (let seconds = 0; seconds < 60; seconds += 10) {
    clock.at += 10_000;
    const now = calls();
    for (const [at, call] of now.entries()) if (call !== before[at]) changed.add(at);
    before = now;
  }
  expect(changed.size).toBeGreaterThanOrEqual(5);
});
