import { checkUpMessage, type GatewayEvent, type PortInfo } from '@loopstart/contracts';
import { fromCode, PORT_STATE_FIELDS, PORT_STATE_FIELD_NAMES } from '@loopstart/domain';
import type { SnmpValue, VarBind } from '@loopstart/snmp';
import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Driver, Identity } from '../engine/driver.ts';
import { interpretInventory } from '../engine/interpret-inventory.ts';
import { interpretPoll, type PollReading } from '../engine/interpret-poll.ts';
import type { EventDraft } from '../engine/slices/notifications.ts';
import { inventoryPlan, pollPlan } from '../engine/plan.ts';
import { answersFrom, parseSnmprec } from '../engine/snmprec.ts';
import { identify, IDENTIFY_SCALARS } from '../identify.ts';

/** Outside the repository: recorded walks of real units, which may not be copied into it. */
export const SHARED = fileURLToPath(new URL('../../../../../shared/', import.meta.url));
export const RECORDINGS = `${SHARED}recordings/`;
export const RESEARCH = `${SHARED}research/`;
export const CASES = `${SHARED}cases/`;

/** Names of the recorded walks; none where they are absent. */
export const recordingNames: readonly string[] = existsSync(RECORDINGS)
  ? readdirSync(RECORDINGS)
      .filter((name) => name.endsWith('.snmprec'))
      .map((name) => name.replace('.snmprec', ''))
      .sort()
  : [];

export function recording(name: string): VarBind[] {
  return parseSnmprec(readFileSync(`${RECORDINGS}${name}.snmprec`, 'utf8'));
}

/** How a unit with these values is identified and read. */
export function readAll(varbinds: readonly VarBind[]): { driver: Driver; unknownHardware: boolean } & Identity & {
    poll: PollReading;
  } {
  const scalars = answersFrom(varbinds, { scalars: IDENTIFY_SCALARS, tables: [], maxRepetitions: 1, columnsPerPdu: 1 });
  const found = identify(scalars.scalars);
  const identity = interpretInventory(found.driver, answersFrom(varbinds, inventoryPlan(found.driver)));
  const poll = interpretPoll(found.driver, identity.ports, answersFrom(varbinds, pollPlan(found.driver)));
  return { ...found, ...identity, poll };
}

const ID = '00000000-0000-4000-8000-000000000000';
const envelope = (kind: string, body: unknown) => ({ v: 1, epoch: 1, seq: 1, after: [0, 0], kind, body });

/** The contract's objection to a full report of this reading; null where there is none. */
export function reportFailure({ state, measures, counters, gatewayMeasures, nulls }: PollReading) {
  const report = { gatewayId: ID, at: 1, revision: 1, full: true, pollMs: 1, state, measures, counters, nulls };
  return checkUpMessage(envelope('reports', { reports: [{ ...report, gateway: gatewayMeasures }] }));
}

/** The contract's objection to an inventory of this identity; null where there is none. */
export function inventoryFailure(driver: Driver, identity: Identity) {
  return checkUpMessage(
    envelope('inventory', {
      gatewayId: ID,
      revision: 1,
      address: '192.0.2.1',
      driverId: driver.id,
      driverRevision: driver.revision,
      evidence: identity.evidence,
      unknownHardware: false,
      pollIntervalMs: driver.pollIntervalMs,
      gateway: identity.gateway,
      capabilities: identity.capabilities,
      actions: identity.actions,
      ports: identity.ports,
    }),
  );
}

/** The contract's objection to these events; null where there is none. */
export function eventsFailure(drafts: readonly EventDraft[]) {
  const events = drafts.map((draft): GatewayEvent => ({ ...draft, id: ID, gatewayId: ID, at: 1, source: 'trap' }));
  return checkUpMessage(envelope('events', { events }));
}

/** Any value that SNMP can carry. */
export const anyValue: fc.Arbitrary<SnmpValue> = fc.oneof(
  fc.record({
    type: fc.constantFrom('integer' as const, 'counter32' as const, 'gauge32' as const, 'timeticks' as const),
    value: fc.oneof(fc.integer({ min: -2_147_483_648, max: 4_294_967_295 }), fc.integer({ min: -2, max: 500 })),
  }),
  fc.record({ type: fc.constant('counter64' as const), value: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }) }),
  fc.record({
    type: fc.constantFrom('octets' as const, 'opaque' as const),
    value: fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom('On Hook', 'Registered', '<private>', '12%', 'FXO', 'Port01', 'Linux GXW4200', '').map(bytes),
    ),
  }),
  fc.record({ type: fc.constant('oid' as const), value: fc.constantFrom('1.3.6.1', '0.0', '1.3.6.1.2.1.2.2.1.1.3') }),
  fc.record({ type: fc.constant('ip' as const), value: fc.constantFrom('192.0.2.1', '0.0.0.0') }),
  fc.record({
    type: fc.constantFrom('null', 'noSuchObject', 'noSuchInstance', 'endOfMibView'),
  }) as fc.Arbitrary<SnmpValue>,
);

/** Index suffixes, valid and invalid. */
export const anyKey: fc.Arbitrary<string> = fc.oneof(
  fc.integer({ min: 0, max: 30 }).map(String),
  fc.integer({ min: 1, max: 30 }).map((position) => `${position}.0.0`),
  fc.constantFrom('6.80.111.114.116.48.49', '4294967295', '1.1', '', '0.0.0', '999999.0.0', '1'.repeat(200)),
);

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A port as in an inventory, for tests of its readings. */
export function port(position: number, key: string, more: Partial<PortInfo> = {}): PortInfo {
  return {
    position,
    key,
    kind: 'fxs',
    name: null,
    number: null,
    signalling: null,
    impedance: null,
    countryProfile: null,
    codecs: null,
    t38: null,
    ...more,
  };
}

/** A reading in words, by port, for tests with a hand-written walk. */
export function portsInWords(walk: string) {
  const found = readAll(parseSnmprec(walk));
  const { poll } = found;
  return {
    ...found,
    rows: found.ports.map((info, at) => ({
      position: info.position,
      kind: info.kind,
      ...Object.fromEntries(
        PORT_STATE_FIELD_NAMES.flatMap((field) => {
          const word = fromCode<string>(PORT_STATE_FIELDS[field], poll.state[field][at]);
          return word === null ? [] : [[field, word]];
        }),
      ),
    })),
    /** Reason of a null cell, undefined where the cell has a value. */
    why: (field: string, at: number) =>
      poll.nulls.find((entry) => entry.field === field && (entry.ports === '*' || entry.ports.includes(at)))?.reason,
  };
}
