import {
  GATEWAY_MEASURE_NAMES,
  PORT_COUNTER_NAMES,
  PORT_MEASURE_NAMES,
  PORT_STATE_FIELD_NAMES,
} from '@loopstart/domain';
import type { Oid, SnmpValue } from '@loopstart/snmp';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drivers } from './drivers.ts';
import type { Answers } from './engine/source.ts';
import type { Driver } from './engine/driver.ts';
import { interpretInventory } from './engine/interpret-inventory.ts';
import { interpretPoll, type PollReading } from './engine/interpret-poll.ts';
import { interpretNotification } from './engine/slices/notifications.ts';
import { inventoryPlan } from './engine/plan.ts';
import { identify } from './identify.ts';
import { anyKey, anyValue, eventsFailure, inventoryFailure, port, reportFailure } from './testing/support.ts';

/** Arbitrary answers to the driver's requests. */
function anyAnswers(driver: Driver): fc.Arbitrary<Answers> {
  const plan = inventoryPlan(driver);
  const columns = plan.tables.flatMap((table) => table.columns);
  return fc.record({
    scalars: fc.array(fc.tuple(fc.constantFrom(...plan.scalars), anyValue)).map((entries) => new Map(entries)),
    columns:
      columns.length === 0
        ? fc.constant(new Map())
        : fc
            .array(
              fc.tuple(
                fc.constantFrom(...columns),
                fc.array(fc.tuple(anyKey, anyValue)).map((cells) => new Map<string, SnmpValue>(cells)),
              ),
              { maxLength: columns.length * 2 },
            )
            .map((entries) => new Map<Oid, Map<string, SnmpValue>>(entries)),
  });
}

/** Every null cell has a reason, and no cell with a value has one. */
function unexplained(reading: PollReading, ports: number): string[] {
  const columns: Record<string, readonly (number | null)[]> = {
    ...reading.state,
    ...reading.measures,
    ...reading.counters,
  };
  const wrong: string[] = [];
  const has = (field: string, at: number) =>
    reading.nulls.some((entry) => entry.field === field && (entry.ports === '*' || entry.ports.includes(at)));
  for (const [field, cells] of Object.entries(columns)) {
    if (cells.length !== ports) wrong.push(`${field} has ${cells.length} cells`);
    cells.forEach((cell, at) => {
      if ((cell === null) !== has(field, at)) wrong.push(`${field} of port ${at}: ${cell}`);
    });
  }
  for (const field of GATEWAY_MEASURE_NAMES) {
    if ((reading.gatewayMeasures[field] === null) !== has(field, 0)) wrong.push(field);
  }
  return wrong;
}

describe.for(drivers.map((driver) => [driver.id, driver] as const))('%s', ([, driver]) => {
  test('turns any answers into nulls or valid values, and never throws', () => {
    fc.assert(
      fc.property(anyAnswers(driver), (answers) => {
        const identity = interpretInventory(driver, answers);
        expect(inventoryFailure(driver, identity)).toBeNull();
        const reading = interpretPoll(driver, identity.ports, answers);
        expect(reportFailure(reading)).toBeNull();
        expect(unexplained(reading, identity.ports.length)).toEqual([]);
        expect(reading.problems.length).toBeLessThanOrEqual(50);
      }),
      { numRuns: 60 },
    );
  });

  test('has a reason for each null where nothing is answered', () => {
    const ports = [port(1, '0'), port(2, '6.80.111.114.116.48.50', { kind: 'fxo' })];
    const reading = interpretPoll(driver, ports, { scalars: new Map(), columns: new Map() });
    expect(unexplained(reading, 2)).toEqual([]);
    const cells = PORT_STATE_FIELD_NAMES.map((field) => reading.state[field]);
    cells.push(...PORT_MEASURE_NAMES.map((field) => reading.measures[field]));
    cells.push(...PORT_COUNTER_NAMES.map((field) => reading.counters[field]));
    expect(cells.flat().every((cell) => cell === null)).toBe(true);
  });

  test('turns any notification into a valid event', () => {
    const known = driver.notifications.rules.flatMap(({ carries }) => Object.keys(carries ?? {}));
    const oid = fc.constantFrom(...known, '1.3.6.1.2.1.2.2.1.1', '1.3.6.1.4.1.42397.1.1.2.1.1.0', '1.3.6');
    const trapOids = driver.notifications.rules.map(({ trapOid }) => trapOid);
    fc.assert(
      fc.property(
        fc.constantFrom(...trapOids, '1.3.6.1.4.1.1.0.76', '1.2.3'),
        fc.array(
          fc.record({ oid: fc.tuple(oid, anyKey).map(([object, key]) => `${object}.${key}`), value: anyValue }),
          { maxLength: 40 },
        ),
        (trapOid, varbinds) => {
          const ports = [port(1, '1'), port(2, '2')];
          const interpreted = interpretNotification(
            driver.notifications,
            { trapOid, varbinds, uptimeTicks: null },
            ports,
          );
          expect(eventsFailure(interpreted.events)).toBeNull();
          expect(interpreted.implies.every(({ position }) => position === 1 || position === 2)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});

test('any answers to the identification lead to a driver', () => {
  const oids = drivers.flatMap(({ match }) => match.probes ?? []);
  const scalars = fc.array(fc.tuple(fc.constantFrom('1.3.6.1.2.1.1.1.0', '1.3.6.1.2.1.1.2.0', ...oids), anyValue));
  fc.assert(fc.property(scalars, (entries) => drivers.includes(identify(new Map(entries)).driver)));
});
