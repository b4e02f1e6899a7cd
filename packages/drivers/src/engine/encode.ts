import type { PortInfo } from '@loopstart/contracts';
import type { Oid, SnmpValue, VarBind } from '@loopstart/snmp';
import { compareOids } from '@loopstart/snmp';
import { PORT_STATE_FIELD_NAMES, type GatewayMeasure, type PortCounter, type PortMeasure } from '@loopstart/domain';
import type { Codec } from './codecs.ts';
import type { Driver } from './driver.ts';
import { encodeActiveAlarms } from './slices/active-alarms.ts';
import type { GatewaySlice } from './slices/gateway.ts';
import type { PortInfoSources, PortsSlice } from './slices/ports.ts';
import type { PortWords } from './words.ts';
import type { Source } from './source.ts';
import { gatewaySources } from './gateway-measures.ts';
import type { JointCodec } from './joint.ts';
import type { SimState } from './sim-state.ts';
import { entPhysicalClass, SYSTEM } from './standard.ts';
import { oidValue, textValue } from './values.ts';

/**
 * The driver's own tables as a gateway in this state would serve them, sorted by OID: the inverse of
 * `interpretInventory` and `interpretPoll`. Values that the gateway's MIB cannot express, and nulls, are left out.
 */
export function encodeTables(driver: Driver, state: SimState): VarBind[] {
  const table = new Map<Oid, SnmpValue>();
  const put = (oid: Oid, value: SnmpValue | undefined) => {
    if (value !== undefined && !table.has(oid)) table.set(oid, value);
  };
  encodeGateway(driver.gateway, state, put);
  encodeShared(driver.ports, state.ports[0], put);
  // State before kinds: where one column is both, the state is its real content.
  encodeState(driver.ports, state, put);
  encodeInfo(driver.ports, state, put);
  for (const resolver of driver.ports.resolvers ?? []) {
    for (const { oid, value } of resolver.encode(state)) put(oid, value);
  }
  for (const { oid, value } of encodeActiveAlarms(driver, state)) put(oid, value);
  return [...table].map(([oid, value]) => ({ oid, value })).sort((a, b) => compareOids(a.oid, b.oid));
}

type Put = (oid: Oid, value: SnmpValue | undefined) => void;

/** Writes a value into all of a field's objects: whichever the driver reads first has it. */
function encodeField<T>(sources: readonly Source<T>[] | undefined, value: T | null, row: string, put: Put): void {
  if (value === null) return;
  for (const source of sources ?? []) put(`${source.oid}${row}`, source.codec.encode(value));
}

function encodeGateway(spec: GatewaySlice, { gateway, gatewayMeasures }: SimState, put: Put): void {
  if (gateway.sysDescr !== null) put(SYSTEM.sysDescr, textValue(gateway.sysDescr));
  if (gateway.sysObjectId !== null) put(SYSTEM.sysObjectId, oidValue(gateway.sysObjectId));
  if (gateway.sysName !== null) put(SYSTEM.sysName, textValue(gateway.sysName));
  const rowOf = (source: Source<unknown>) => (source.oid.endsWith('.0') ? '' : `.${source.row ?? 1}`);
  const one = <T>(sources: readonly Source<T>[] | undefined, value: T | null) => {
    for (const source of sources ?? []) {
      encodeField([source], value, rowOf(source), put);
      if (source.ofChassis) encodeField([entPhysicalClass], 'chassis', rowOf(source), put);
    }
  };
  one(spec.vendor, gateway.vendor);
  one(spec.modelText, gateway.model);
  one(spec.firmware, gateway.firmware);
  for (const resolver of spec.textResolvers ?? []) {
    const value = gateway[resolver.field];
    for (const { oid, value: encoded } of value === null ? [] : resolver.encode(value)) put(oid, encoded);
  }
  one(spec.hardwareRevision, gateway.hardwareRevision);
  one(spec.serial, gateway.serial);
  one(spec.macAddress, gateway.macAddress);
  one(spec.powerSource, gateway.powerSource);
  one(spec.sipServer, gateway.sipServer ?? null);
  for (const [measure, value] of Object.entries(gatewayMeasures) as [GatewayMeasure, number | null][]) {
    if (value === null) continue;
    const resolver = spec.resolvers?.find((candidate) => candidate.measure === measure);
    if (resolver !== undefined) for (const { oid, value: encoded } of resolver.encode(value)) put(oid, encoded);
    else one(gatewaySources(spec, measure), value);
  }
}

function encodeShared({ shared, codecs }: PortsSlice, port: PortInfo | undefined, put: Put): void {
  if (port === undefined) return;
  sayInfo(shared, port, '', put);
  if (codecs === undefined || port.codecs === null) return;
  if ('column' in codecs) {
    const { column } = codecs;
    port.codecs.forEach((name, at) => put(`${column.oid}.${at}`, column.codec.encode(name)));
  } else {
    for (const { name, source } of codecs.switches) encodeField([source], port.codecs.includes(name), '', put);
  }
}

function sayInfo(info: PortInfoSources | undefined, port: PortInfo, row: string, put: Put): void {
  encodeField(info?.name, port.name, row, put);
  encodeField(info?.number, port.number, row, put);
  encodeField(info?.impedance, port.impedance, row, put);
  encodeField(info?.countryProfile, port.countryProfile, row, put);
  encodeField(info?.signalling, port.signalling, row, put);
  encodeField(info?.t38, port.t38, row, put);
}

function encodeInfo(spec: PortsSlice, { ports }: SimState, put: Put): void {
  for (const resolver of spec.infoResolvers ?? []) {
    for (const { oid, value } of resolver.encode(ports)) put(oid, value);
  }
  for (const port of ports) {
    for (const source of spec.rows.kinds) put(`${source.oid}.${port.key}`, source.codec.encode(port.kind));
    sayInfo(spec.info, port, `.${port.key}`, put);
  }
}

function encodeState(spec: PortsSlice, { ports, states, measures, counters }: SimState, put: Put): void {
  ports.forEach((port, at) => {
    const row = `.${port.key}`;
    const words = states[at];
    for (const field of words === undefined ? [] : PORT_STATE_FIELD_NAMES) {
      for (const source of spec.state[field] ?? [])
        put(`${source.oid}${row}`, encodeWord(source, words as PortWords, field));
    }
    for (const [field, value] of Object.entries(measures[at] ?? {}) as [PortMeasure, number | null][]) {
      encodeField(spec.measures?.[field], value, row, put);
    }
    for (const [field, value] of Object.entries(counters[at] ?? {}) as [PortCounter, number | null][]) {
      encodeField(spec.counters?.[field], value, row, put);
    }
  });
}

function encodeWord(source: Source<unknown>, words: PortWords, field: keyof PortWords): SnmpValue | undefined {
  const { joint } = source.codec as Partial<JointCodec<string>>;
  if (joint !== undefined) return joint.encode(words);
  const word = words[field];
  if (word === null) return undefined;
  const codec = source.codec as Codec<string>;
  const nearest = NEAREST[word];
  return codec.encode(word) ?? (nearest === undefined ? undefined : codec.encode(nearest));
}

/** What a gateway with a smaller vocabulary reports instead. */
const NEAREST: Readonly<Record<string, string>> = {
  'shutting-down': 'locked',
  testing: 'out-of-service',
  dialling: 'in-use',
  'ring-back': 'in-use',
  ringing: 'in-use',
  talking: 'in-use',
  hold: 'in-use',
  'busy-tone': 'in-use',
  conference: 'in-use',
  'receiver-off-hook': 'in-use',
  seizing: 'in-use',
  registering: 'unregistered',
  'auth-failed': 'unregistered',
  rejected: 'unregistered',
  unreachable: 'unregistered',
  'not-used': 'unregistered',
};
