import { encodeTables } from '@loopstart/drivers';
import { compareOids, ERROR_STATUS, type MibView, type SetResult, type SortedMib, type VarBind } from '@loopstart/snmp';
import { MEASURE_GRAIN_MS } from '../line/electrics.ts';
import { canonicalState, type StaticState } from '../snmp/canonical-state.ts';
import { lineTestRows } from '../snmp/line-test-tables.ts';
import { LiveMib } from '../snmp/live-mib.ts';
import { RecordedMib } from '../snmp/recorded-mib.ts';
import { judgeSet } from '../snmp/set-request.ts';
import type { Pending } from '../snmp/writable-objects.ts';
import type { LivingGateway } from './living-gateway.ts';

const SECOND_MS = 1_000;

/** The SNMP view of a gateway: its driver's own tables, from the lives of its lines. SETs act on them. */
export function liveView(gateway: LivingGateway, known: StaticState, now: () => number): MibView {
  const { driver, model, profile } = gateway.plan;
  const unit = { driverId: driver.id, model: model.name, firmware: known.gateway.firmware };
  // A test is rare: a port has rows from its first test on.
  const tests = () =>
    gateway.life.ports.flatMap((port, at) => {
      const info = known.ports[at];
      return info === undefined ? [] : lineTestRows(unit, info, port);
    });
  const pending: Pending = new Map();
  const mib = new LiveMib(
    {
      encode: () => merged(encodeTables(driver, canonicalState(known, profile, gateway.life, now(), driver)), tests()),
      validUntil: () => {
        const at = now();
        const nextSecond = at + SECOND_MS - (Math.floor(gateway.uptimeMs) % SECOND_MS);
        const nextGrain = (Math.floor(at / MEASURE_GRAIN_MS) + 1) * MEASURE_GRAIN_MS;
        return Math.min(gateway.nextAt, nextSecond, nextGrain);
      },
      set: (varbinds) => write(gateway, known, pending, varbinds),
    },
    now,
  );
  gateway.onChange(() => mib.changed());
  return mib;
}

/**
 * The view of a gateway that answers from a recording: faults of the gateway still act on it, those of ports cannot.
 */
export function recordedView(gateway: LivingGateway, recording: SortedMib, overrides: readonly VarBind[]): MibView {
  return new RecordedMib(recording, overrides, () => Math.floor(gateway.uptimeMs / 10) % 4_294_967_296);
}

/** Merges two sorted lists; of the same OID the first list's value stays. */
function merged(tables: VarBind[], tests: VarBind[]): VarBind[] {
  if (tests.length === 0) return tables;
  const taken = new Set(tables.map(({ oid }) => oid));
  return [...tables, ...tests.filter(({ oid }) => !taken.has(oid))].sort((a, b) => compareOids(a.oid, b.oid));
}

function write(gateway: LivingGateway, known: StaticState, pending: Pending, varbinds: readonly VarBind[]): SetResult {
  const verdict = judgeSet(gateway.plan.driver.id, known.ports, pending, varbinds);
  if ('errorStatus' in verdict) return verdict;
  for (const { effect, position } of verdict.effects) {
    if (effect === 'reboot') gateway.setFault({ kind: 'reboot', port: null, delayMs: 1, corruption: 'mixed' });
    else if (position !== null) gateway.command(effect, position);
  }
  return { errorStatus: ERROR_STATUS.noError, errorIndex: 0 };
}
