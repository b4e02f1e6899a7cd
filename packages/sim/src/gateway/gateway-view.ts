import { encodeTables } from '@loopstart/drivers';
import { compareOids, ERROR_STATUS, type MibView, type SetResult, type SortedMib, type VarBind } from '@loopstart/snmp';
import { MEASURE_GRAIN_MS } from '../line/reading.ts';
import { canonicalState, type StaticState } from '../snmp/canonical-state.ts';
import { effectOf } from '../snmp/effects.ts';
import { encodeLineTest, lineTestObjects } from '../snmp/line-test-objects.ts';
import { LiveMib } from '../snmp/live-mib.ts';
import { RecordedMib } from '../snmp/recorded-mib.ts';
import type { LivingGateway } from './living-gateway.ts';

const SECOND_MS = 1_000;

/** What a gateway shows over SNMP: its driver's own tables, from the lives of its lines. SETs act on them. */
export function liveView(gateway: LivingGateway, known: StaticState, now: () => number): MibView {
  const { driver, model, profile } = gateway.plan;
  const tests = () => {
    if (driver.actions['line-test'] === undefined) return [];
    const { life } = gateway;
    // A test is rare: a port has its objects from its first one on.
    const tested = life.ports.flatMap((port, at) => ((port.testedAt ?? port.testEndsAt) === Infinity ? [] : [at]));
    if (tested.length === 0) return [];
    const reading = gateway.read();
    return tested.flatMap((at) => {
      const [info, port, read] = [known.ports[at], life.ports[at], reading.ports[at]];
      const objects = info === undefined ? null : lineTestObjects(driver, model.name, info);
      return objects === null || port === undefined || read === undefined ? [] : encodeLineTest(objects, port, read);
    });
  };
  const mib = new LiveMib(
    {
      encode: () => merged(encodeTables(driver, canonicalState(known, profile, gateway.life, now(), driver)), tests()),
      validUntil: () => {
        const at = now();
        const nextSecond = at + SECOND_MS - (Math.floor(gateway.uptimeMs) % SECOND_MS);
        const nextGrain = (Math.floor(at / MEASURE_GRAIN_MS) + 1) * MEASURE_GRAIN_MS;
        return Math.min(gateway.nextAt, nextSecond, nextGrain);
      },
      set: (varbinds) => write(gateway, known, varbinds),
    },
    now,
  );
  gateway.onChange(() => mib.changed());
  return mib;
}

/** What a gateway shows that answers from a recording: faults of the gateway still act on it, those of ports cannot. */
export function recordedView(gateway: LivingGateway, recording: SortedMib, overrides: readonly VarBind[]): MibView {
  return new RecordedMib(recording, overrides, () => Math.floor(gateway.uptimeMs / 10) % 4_294_967_296);
}

/** Two sorted lists as one; of the same OID the first list's value stays. */
function merged(tables: VarBind[], tests: VarBind[]): VarBind[] {
  if (tests.length === 0) return tables;
  const taken = new Set(tables.map(({ oid }) => oid));
  return [...tables, ...tests.filter(({ oid }) => !taken.has(oid))].sort((a, b) => compareOids(a.oid, b.oid));
}

function write(gateway: LivingGateway, known: StaticState, varbinds: readonly VarBind[]): SetResult {
  const { driver, model } = gateway.plan;
  const effect = effectOf(driver, model.name, known.ports, varbinds);
  switch (effect?.kind) {
    case 'port':
      gateway.command(effect.command, effect.position);
      break;
    case 'reboot':
      gateway.setFault({ kind: 'reboot', port: null, delayMs: 1, corruption: 'mixed' });
      break;
    case 'prepares':
      break;
    default:
      return { errorStatus: ERROR_STATUS.notWritable, errorIndex: 1 };
  }
  return { errorStatus: ERROR_STATUS.noError, errorIndex: 0 };
}
