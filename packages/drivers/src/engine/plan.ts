import type { Oid } from '@loopstart/snmp';
import { PORTS_MAX } from '@loopstart/contracts';
import type { Driver, PortInfoSources, Source } from './driver.ts';
import { SYSTEM, SYS_UP_TIME } from './standard.ts';

/** What to read from a gateway; `tables` group columns that share an index, so that they are read side by side. */
export interface ReadPlan {
  scalars: Oid[];
  tables: { columns: Oid[]; rowsMax: number }[];
  maxRepetitions: number;
  columnsPerPdu: number;
}

/** Rows beyond this are not read: no gateway has as many, a looping or hostile agent may. */
export const ROWS_MAX = PORTS_MAX * 2;

const plans = new WeakMap<Driver, { inventory: ReadPlan; poll: ReadPlan }>();

/** Everything the driver knows to read: identity, port names, config, and what a poll reads, to see what this unit answers. */
export function inventoryPlan(driver: Driver): ReadPlan {
  return plansOf(driver).inventory;
}

/** Only what changes: states, measures and counters, with sysUpTime. */
export function pollPlan(driver: Driver): ReadPlan {
  return plansOf(driver).poll;
}

function plansOf(driver: Driver) {
  let found = plans.get(driver);
  if (found === undefined) {
    found = { inventory: build(driver, true), poll: build(driver, false) };
    plans.set(driver, found);
  }
  return found;
}

function build(driver: Driver, whole: boolean): ReadPlan {
  const { gateway, ports } = driver;
  const scalars = new Set<Oid>([SYS_UP_TIME]);
  const columns = new Set<Oid>();
  const add = (source: Source<unknown>) => (isScalar(source) ? scalars : columns).add(source.oid);
  const addAll = (sources: readonly Source<unknown>[] = []) => sources.forEach(add);
  const addInfo = (info: PortInfoSources = {}) =>
    Object.values(info).forEach((sources: readonly Source<unknown>[]) => addAll(sources));

  if (whole) {
    Object.values(SYSTEM).forEach((oid) => scalars.add(oid));
    for (const sources of [
      gateway.modelText,
      gateway.firmware,
      gateway.hardwareRevision,
      gateway.serial,
      gateway.macAddress,
      gateway.powerSource,
    ]) {
      addAll(sources);
    }
    gateway.textResolvers?.forEach(({ columns: sources }) => addAll(sources));
    addAll(ports.rows.kinds);
    addInfo(ports.info);
    ports.infoResolvers?.forEach(({ columns: sources }) => addAll(sources));
    addInfo(ports.shared);
    if (ports.codecs !== undefined) {
      addAll('column' in ports.codecs ? [ports.codecs.column] : ports.codecs.switches.map(({ source }) => source));
    }
  }
  for (const fields of [ports.state, ports.measures ?? {}, ports.counters ?? {}, gateway.measures ?? {}]) {
    Object.values(fields).forEach((sources: readonly Source<unknown>[]) => addAll(sources));
  }
  for (const resolver of [...(ports.resolvers ?? []), ...(gateway.resolvers ?? [])]) {
    addAll(resolver.scalars);
    addAll(resolver.columns);
  }
  return { scalars: [...scalars], tables: group(columns), ...driver.bulk };
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
