import type { Oid } from '@loopstart/snmp';
import { PORTS_MAX, type PortInfo } from '@loopstart/contracts';
import type { Answers, Source } from './source.ts';
import type { Driver } from './driver.ts';
import { activeAlarmSources } from './slices/active-alarms.ts';
import { identitySources } from './sources.ts';
import { SYSTEM, SYS_UP_TIME } from './standard.ts';
import { isAnswer } from './values.ts';

/** What SNMP reads; `tables` group columns that share an index, so that they are read side by side. */
export interface SnmpReads {
  scalars: Oid[];
  tables: { columns: Oid[]; rowsMax: number }[];
  maxRepetitions: number;
  columnsPerPdu: number;
}

/** What to read from a gateway, and by which transport. */
export type ReadPlan = { readonly transport: 'snmp' } & SnmpReads;

/** Maximum number of rows: no gateway has as many, but a looping or hostile agent may. */
export const ROWS_MAX = PORTS_MAX * 2;

const plans = new WeakMap<Driver, { inventory: ReadPlan; poll: ReadPlan }>();

/**
 * Everything the driver can read: identity, port names, config, and what a poll reads, to find out what this unit
 * answers.
 */
export function inventoryPlan(driver: Driver): ReadPlan {
  return plansOf(driver).inventory;
}

/**
 * Only what changes: states, measures and counters, with sysUpTime. With the capabilities that the inventory found for
 * this unit, fallback objects are left out where the preferred ones answered for every port.
 */
export function pollPlan(driver: Driver, seen?: { ports: readonly PortInfo[]; answers: Answers }): ReadPlan {
  return seen === undefined ? plansOf(driver).poll : build(driver, { whole: false, seen });
}

function plansOf(driver: Driver) {
  let found = plans.get(driver);
  if (found === undefined) {
    found = { inventory: build(driver, { whole: true }), poll: build(driver, { whole: false }) };
    plans.set(driver, found);
  }
  return found;
}

interface BuildOptions {
  whole: boolean;
  seen?: { ports: readonly PortInfo[]; answers: Answers };
}

function build(driver: Driver, { whole, seen }: BuildOptions): ReadPlan {
  const scalars = new Set<Oid>([SYS_UP_TIME]);
  const columns = new Set<Oid>();
  const add = (sources: readonly Source<unknown>[]) => {
    for (const source of sources) (isScalar(source) ? scalars : columns).add(source.oid);
  };
  if (whole) {
    Object.values(SYSTEM).forEach((oid) => scalars.add(oid));
    add(identitySources(driver));
  }
  const { gateway, ports } = driver;
  for (const fields of [ports.state, ports.measures ?? {}, ports.counters ?? {}]) {
    for (const sources of Object.values(fields) as (readonly Source<unknown>[])[]) {
      const enough = seen && sources.find((source) => answersAll(source, seen));
      add(enough ? [enough] : sources);
    }
  }
  for (const sources of Object.values(gateway.measures ?? {})) {
    const enough = seen && sources.find(({ oid }) => isAnswer(seen.answers.scalars.get(oid)));
    add(enough ? [enough] : sources);
  }
  for (const resolver of [...(ports.resolvers ?? []), ...(gateway.resolvers ?? [])]) {
    add(resolver.scalars);
    add(resolver.columns);
  }
  add(activeAlarmSources(driver));
  return { transport: 'snmp', scalars: [...scalars], tables: group(columns), ...driver.bulk };
}

function answersAll({ oid }: Source<unknown>, { ports, answers }: NonNullable<BuildOptions['seen']>): boolean {
  const cells = answers.columns.get(oid);
  return cells !== undefined && ports.length > 0 && ports.every(({ key }) => isAnswer(cells.get(key)));
}

/** Scalars and single instances end in .0; the OID of a column never does. */
function isScalar(source: Source<unknown>): boolean {
  return source.oid.endsWith('.0');
}

function group(columns: ReadonlySet<Oid>): ReadPlan['tables'] {
  const tables = new Map<Oid, Oid[]>();
  for (const oid of columns) {
    const entry = oid.slice(0, oid.lastIndexOf('.'));
    tables.set(entry, [...(tables.get(entry) ?? []), oid]);
  }
  return [...tables.values()].map((oids) => ({ columns: oids, rowsMax: ROWS_MAX }));
}
