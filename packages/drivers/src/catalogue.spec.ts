import { ACTION_TYPES, CAPABILITY_FIELDS, GATEWAY_MEASURES, PORT_MEASURES } from '@loopstart/domain';
import type { SnmpValue } from '@loopstart/snmp';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { driverMetadata } from './catalogue.ts';
import { driverById, drivers, generic } from './drivers.ts';
import { supportedFields } from './engine/capabilities.ts';
import type { Driver } from './engine/driver.ts';
import { encodeTables } from './engine/encode.ts';
import { exampleState } from './engine/example-state.ts';
import { inventoryPlan, pollPlan } from './engine/plan.ts';
import { allSources } from './engine/sources.ts';
import { SYSTEM } from './engine/standard.ts';
import { identify, IDENTIFY_SCALARS } from './identify.ts';
import { bytes } from './testing/support.ts';

const VENDORS = new URL('./vendors/', import.meta.url);
const files = readdirSync(VENDORS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const driverFiles = files.filter((file) => file.endsWith('.driver.ts'));

test('ids are unique and lead to their driver', () => {
  expect(drivers.map(({ id }) => driverById(id))).toEqual(drivers);
  expect(driverById('unknown')).toBeUndefined();
});

test('the generic driver is the last', () => {
  expect(drivers.at(-1)).toBe(generic);
});

test.for(driverFiles)('%s is in the catalogue', async (file) => {
  const exported = Object.values((await import(new URL(file, VENDORS).pathname)) as Record<string, unknown>);
  const found = exported.filter(
    (value): value is Driver => typeof value === 'object' && value !== null && 'match' in value,
  );
  expect(found.length).toBeGreaterThan(0);
  for (const driver of found) expect(drivers).toContain(driver);
});

test.for(files)('%s has at most 400 lines', (file) => {
  expect(readFileSync(new URL(file, VENDORS), 'utf8').split('\n').length).toBeLessThanOrEqual(400);
});

describe.for(drivers.map((driver) => [driver.id, driver] as const))('%s', ([, driver]) => {
  const recognised = driver === generic ? [] : driver.models;
  test.for(recognised.map((model) => [model.name, model] as const))(
    'a %s is recognised by its first answers, and by no other driver',
    ([, model]) => {
      const tables = encodeTables(driver, exampleState(driver, model.name));
      const scalars = new Map(
        tables.filter(({ oid }) => IDENTIFY_SCALARS.includes(oid)).map(({ oid, value }) => [oid, value]),
      );
      expect(identify(scalars)).toEqual({ driver, unknownHardware: false });
      const others = drivers.filter((other) => other !== driver);
      expect(others.filter(({ match }) => match.sysDescr?.test(model.sysDescr)).map(({ id }) => id)).toEqual([]);
      expect(others.filter(({ match }) => match.probes?.some((oid) => scalars.has(oid))).map(({ id }) => id)).toEqual(
        [],
      );
    },
  );

  test('claims no subtree that another driver claims', () => {
    const own = driver.match.sysObjectIds ?? [];
    const foreign = drivers.filter((other) => other !== driver).flatMap(({ match }) => match.sysObjectIds ?? []);
    for (const oid of own) expect(foreign.some((other) => `${oid}.`.startsWith(`${other}.`))).toBe(false);
  });

  test('has a name for every object it reads', () => {
    for (const { object, oid } of allSources(driver)) {
      expect(object).toMatch(/^[a-zA-Z][\w-]*$/);
      expect(oid).toMatch(/^1(\.\d+)+$/);
    }
  });

  test('keeps numbers within the bounds of the field they go to', () => {
    const fields = { ...driver.ports.measures, ...driver.gateway.measures };
    for (const [field, sources] of Object.entries(fields)) {
      const bounds = { ...PORT_MEASURES, ...GATEWAY_MEASURES }[field as keyof typeof PORT_MEASURES];
      for (const { codec, object } of sources) {
        expect(codec.range, object).toBeDefined();
        expect(codec.range?.min, object).toBeGreaterThanOrEqual(bounds.min);
        expect(codec.range?.max, object).toBeLessThanOrEqual(bounds.max);
      }
    }
  });

  test('polls sysUpTime, nothing twice, and nothing that the inventory does not read', () => {
    const poll = pollPlan(driver);
    const inventory = inventoryPlan(driver);
    const oids = [...poll.scalars, ...poll.tables.flatMap(({ columns }) => columns)];
    expect(oids).toContain(SYSTEM.sysUpTime);
    expect(new Set(oids).size).toBe(oids.length);
    expect([...inventory.scalars, ...inventory.tables.flatMap(({ columns }) => columns)]).toEqual(
      expect.arrayContaining(oids),
    );
  });

  test('omits fallback objects from a poll where the preferred ones answered', () => {
    const state = exampleState(driver);
    const tables = encodeTables(driver, state);
    const columns = new Map<string, Map<string, SnmpValue>>();
    for (const column of inventoryPlan(driver).tables.flatMap((table) => table.columns)) {
      const rows = tables.filter(({ oid }) => oid.startsWith(`${column}.`));
      columns.set(column, new Map(rows.map(({ oid, value }) => [oid.slice(column.length + 1), value])));
    }
    const seen = { ports: state.ports, answers: { scalars: new Map(), columns } };
    const polled = pollPlan(driver, seen).tables.flatMap((table) => table.columns);
    for (const sources of Object.values(driver.ports.state)) {
      const full = sources.filter(({ oid }) => columns.get(oid)?.size === state.ports.length).map(({ oid }) => oid);
      if (state.ports.length > 0 && full.length > 0) expect(polled).toContain(full[0]);
    }
    if (driver.id === 'audiocodes') {
      expect(polled).toContain('1.3.6.1.4.1.5003.9.10.8.2.20.1.1.4');
      expect(polled).not.toContain('1.3.6.1.4.1.5003.9.10.1.4.1.1.18');
    }
  });

  test('describes the evidence in plain words', () => {
    expect(driver.maturityNote).toMatch(/[.]$/);
    expect(driver.actions.absent).toMatch(/[.]$/);
    for (const { evidence, proven = [] } of driver.models) {
      for (const field of proven) expect(supportedFields(driver)).toContain(field);
      if (proven.length > 0) expect(evidence).toBe('recording');
    }
    // The recording of a unit without analogue ports proves nothing about them.
    if (driver.evidence === 'mib-only')
      expect(driver.models.filter(({ fxs, fxo }) => fxs + fxo > 0).every(({ evidence }) => !evidence)).toBe(true);
  });

  test('is published with all fields and only actions that it has', () => {
    const published = driverMetadata().find(({ id }) => id === driver.id);
    expect(Object.keys(published?.capabilities ?? {})).toEqual([...CAPABILITY_FIELDS]);
    expect(ACTION_TYPES).toEqual(expect.arrayContaining(published?.actions ?? []));
    expect(JSON.parse(JSON.stringify(published))).toEqual(published);
  });
});

describe('identify', () => {
  const text = (value: string): SnmpValue => ({ type: 'octets', value: bytes(value) });
  const oid = (value: string): SnmpValue => ({ type: 'oid', value });
  test.for([
    ['nothing answered', {}, 'generic'],
    [
      "net-snmp's own sysObjectID and a Grandstream description",
      { sysObjectId: oid('1.3.6.1.4.1.8072.3.2.10'), sysDescr: text('Linux GXW4200 2.6') },
      'grandstream-gxw',
    ],
    ['a Grandstream switch', { sysObjectId: oid('1.3.6.1.4.1.42397'), sysDescr: text('GWN7800') }, 'generic'],
    ['any Linux host', { sysObjectId: oid('1.3.6.1.4.1.8072.3.2.10'), sysDescr: text('Linux pbx 6.1') }, 'generic'],
    [
      "another maker's box that describes itself like a Grandstream",
      { sysObjectId: oid('1.3.6.1.4.1.318.1'), sysDescr: text('Linux HT802') },
      'generic',
    ],
    ['a sysObjectID with a leading dot', { sysObjectId: oid('.1.3.6.1.4.1.9.6.1.23.1.1.1.3') }, 'cisco-spa'],
    ['a Cisco router', { sysObjectId: oid('1.3.6.1.4.1.9.1.2093') }, 'cisco-ios'],
    ['a number that only begins like AudioCodes', { sysObjectId: oid('1.3.6.1.4.1.5003.8.1.11') }, 'generic'],
    ['a sysObjectID of the wrong type', { sysObjectId: text('1.3.6.1.4.1.5003.8.1.1.56') }, 'generic'],
  ] as const)('%s', ([, answers, id]) => {
    const scalars = new Map(
      Object.entries(answers).map(([name, value]) => [SYSTEM[name as keyof typeof SYSTEM], value as SnmpValue]),
    );
    expect(identify(scalars).driver.id).toBe(id);
    expect(identify(scalars).unknownHardware).toBe(id === 'generic');
  });

  test('an answered probe is enough, an exception is not', () => {
    const probe = '1.3.6.1.4.1.35265.1.9.1.0';
    expect(identify(new Map([[probe, text('TAU-72')]])).driver.id).toBe('eltex-tau');
    expect(identify(new Map([[probe, { type: 'noSuchObject' }]])).driver.id).toBe('generic');
  });
});
