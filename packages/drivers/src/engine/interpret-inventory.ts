import type { Capabilities, GatewayInfo, PortInfo } from '@loopstart/contracts';
import { PORTS_MAX } from '@loopstart/contracts';
import { ACTION_TYPES, CAPABILITY_FIELDS, type CapabilityField, type PortKind } from '@loopstart/domain';
import { compareOids, type Oid, type SnmpValue } from '@loopstart/snmp';
import { objectId, text } from './codecs.ts';
import { evidenceFor, idleEvidenceOf, supportedFields } from './capabilities.ts';
import type { Answers, CodecList, Driver, Identity, PortInfoSources, Problem, Source, SystemTexts } from './driver.ts';
import { misunderstood, valuesOf } from './answers.ts';
import { interpretPoll } from './interpret-poll.ts';
import { entPhysicalClass, SYSTEM } from './standard.ts';
import { cut, isAnswer } from './values.ts';

/** What the protocol has for a model that nothing named. */
const UNKNOWN_MODEL = 'unknown model';
const PROBLEMS_MAX = 50;
const KEY_CHARS_MAX = 128;
const CODECS_MAX = 16;

/**
 * What a gateway is, from the answers to `inventoryPlan`. Never throws; what was not told is null. Capabilities say,
 * field by field, what this unit answered: the plan reads once what every poll reads.
 */
export function interpretInventory(driver: Driver, answers: Answers): Identity {
  const problems: Problem[] = [];
  const complain = (oid: string, why: string) => {
    if (problems.length < PROBLEMS_MAX) problems.push({ oid, why });
  };
  const ports = readPorts(driver, answers, complain);
  const gateway = readGateway(driver, answers, ports, complain);
  return {
    gateway,
    ports,
    capabilities: readCapabilities(driver, answers, ports),
    actions: actionsOf(driver, ports),
    idleEvidence: idleEvidenceOf(driver),
    evidence: evidenceFor(driver, gateway.model),
    problems,
  };
}

type Complain = (oid: string, why: string) => void;

function readPorts(driver: Driver, answers: Answers, complain: Complain): PortInfo[] {
  const { rows, info, shared = {}, codecs, infoResolvers = [] } = driver.ports;
  const found: { key: string; kind: PortKind; position: number }[] = [];
  const system = systemTexts(answers, complain);
  for (const source of rows.kinds) {
    const cells = answers.columns.get(source.oid);
    if (cells === undefined || cells.size === 0) continue;
    for (const key of [...cells.keys()].sort(compareOids)) {
      const value = cells.get(key);
      if (!isAnswer(value) || key.length > KEY_CHARS_MAX) continue;
      const kind = source.codec.decode(value);
      if (kind === undefined) complain(`${source.oid}.${key}`, misunderstood(source, value));
      const position = rows.positionOf ? rows.positionOf(key) : found.length + 1;
      if (!kind || position === null || position < 1 || position > PORTS_MAX) continue;
      if (found.some((port) => port.position === position))
        complain(`${source.oid}.${key}`, 'a second row for one port');
      else found.push({ key, kind: rows.kindOf?.(position, system) ?? kind, position });
    }
    if (found.length > 0) break;
  }
  found.sort((a, b) => a.position - b.position);
  const codecNames = readCodecs(codecs, answers, complain);
  const ports = found.slice(0, PORTS_MAX);
  const portKeys = portKeysOf(driver, ports, answers);
  const resolved = infoResolvers.map((resolver) => ({ field: resolver.field, texts: resolver.decode(answers, ports) }));
  return ports.map(({ key, kind, position }, at) => {
    const resolve = (field: 'name' | 'number') =>
      resolved.find((candidate) => candidate.field === field)?.texts[at] ?? null;
    const tell = <T>(field: keyof PortInfoSources): T | null =>
      firstCell<T>(info[field] as readonly Source<T>[] | undefined, key, answers, complain) ??
      firstScalar<T>(shared[field] as readonly Source<T>[] | undefined, answers, complain);
    return {
      position,
      key,
      portKey: portKeys[at] ?? null,
      kind,
      name: tell<string>('name') ?? resolve('name')?.slice(0, 128) ?? null,
      number: (tell<string>('number') ?? resolve('number'))?.slice(0, 64) ?? null,
      signalling: tell<NonNullable<PortInfo['signalling']>>('signalling'),
      impedance: tell<string>('impedance'),
      countryProfile: tell<string>('countryProfile'),
      codecs: codecNames,
      t38: tell<boolean>('t38'),
    };
  });
}

/** What stays with each port when rows are renumbered: all of one scheme, so that they can be compared. */
function portKeysOf({ ports: { rows } }: Driver, ports: readonly { key: string }[], answers: Answers): string[] {
  for (const { scheme, source } of rows.stableNames ?? []) {
    const names = ports.map(({ key }) => {
      const value = answers.columns.get(source.oid)?.get(key);
      return isAnswer(value) ? source.codec.decode(value) : null;
    });
    const told = names.filter((name) => typeof name === 'string');
    if (told.length === ports.length && new Set(told).size === ports.length)
      return told.map((name) => `${scheme}:${name}`);
  }
  return ports.map(({ key }) => `index:${key}`);
}

function readCodecs(list: CodecList | undefined, answers: Answers, complain: Complain): string[] | null {
  if (list === undefined) return null;
  const names: string[] = [];
  let answered = false;
  if ('column' in list) {
    for (const [oid, value] of valuesOf(list.column, answers)) {
      answered = true;
      const name = list.column.codec.decode(value);
      if (name === undefined) complain(oid, misunderstood(list.column, value));
      else if (name !== null && !names.includes(name)) names.push(name);
    }
  } else {
    for (const { name, source } of list.switches) {
      const on = firstScalar([source], answers, complain);
      if (on !== null) answered = true;
      if (on === true) names.push(name);
    }
  }
  return answered ? names.slice(0, CODECS_MAX) : null;
}

function firstCell<T>(sources: readonly Source<T>[] = [], key: string, answers: Answers, complain: Complain): T | null {
  for (const source of sources) {
    const value = answers.columns.get(source.oid)?.get(key);
    if (!isAnswer(value)) continue;
    const decoded = source.codec.decode(value);
    if (decoded === undefined) complain(`${source.oid}.${key}`, misunderstood(source, value));
    else if (decoded !== null) return decoded;
  }
  return null;
}

/** The first that tells something. Of a column only the first row counts, of ENTITY-MIB only that of the chassis. */
function firstScalar<T>(sources: readonly Source<T>[] = [], answers: Answers, complain: Complain): T | null {
  for (const source of sources) {
    const [oid, value] = firstValue(source, answers) ?? [source.oid, undefined];
    if (value === undefined) continue;
    const decoded = source.codec.decode(value);
    if (decoded === undefined) complain(oid, misunderstood(source, value));
    else if (decoded !== null) return decoded;
  }
  return null;
}

function firstValue(source: Source<unknown>, answers: Answers): [Oid, SnmpValue] | undefined {
  let first: [Oid, SnmpValue] | undefined;
  for (const found of valuesOf(source, answers)) {
    if (source.ofChassis && !isChassis(found[0].slice(source.oid.length + 1), source, answers)) continue;
    if (first === undefined || compareOids(found[0], first[0]) < 0) first = found;
  }
  return first;
}

/** A row of class chassis; where the unit tells no classes, its only row. */
function isChassis(row: string, source: Source<unknown>, answers: Answers): boolean {
  const classes = answers.columns.get(entPhysicalClass.oid);
  if (classes === undefined || classes.size === 0) return answers.columns.get(source.oid)?.size === 1;
  const value = classes.get(row);
  return isAnswer(value) && entPhysicalClass.codec.decode(value) === 'chassis';
}

const SYS_DESCR: Source<string> = { oid: SYSTEM.sysDescr, object: 'sysDescr', codec: text(255) };
const SYS_NAME: Source<string> = { oid: SYSTEM.sysName, object: 'sysName', codec: text(255) };
const SYS_OBJECT_ID: Source<string> = { oid: SYSTEM.sysObjectId, object: 'sysObjectID', codec: objectId };

function readGateway(driver: Driver, answers: Answers, ports: readonly PortInfo[], complain: Complain): GatewayInfo {
  const { gateway } = driver;
  const first = <T>(sources: readonly Source<T>[] | undefined) => firstScalar(sources, answers, complain);
  const { sysDescr, sysName } = systemTexts(answers, complain);
  const sysObjectId = first([SYS_OBJECT_ID])?.slice(0, 255) ?? null;
  const model = gateway.model({ sysObjectId, sysDescr, sysName, modelText: first(gateway.modelText), ports });
  return {
    vendor: first(gateway.vendor) ?? driver.vendor,
    model: cut(model ?? UNKNOWN_MODEL, 128),
    firmware: first(gateway.firmware) ?? resolveText(driver, 'firmware', answers),
    hardwareRevision: first(gateway.hardwareRevision),
    serial: first(gateway.serial),
    macAddress: first(gateway.macAddress),
    sysName,
    sysDescr,
    sysObjectId,
    powerSource: first(gateway.powerSource),
    sipServer: first(gateway.sipServer),
  };
}

function systemTexts(answers: Answers, complain: Complain): SystemTexts {
  return {
    sysDescr: firstScalar([SYS_DESCR], answers, complain),
    sysName: firstScalar([SYS_NAME], answers, complain),
  };
}

function resolveText(driver: Driver, field: 'firmware', answers: Answers): string | null {
  const resolver = driver.gateway.textResolvers?.find((candidate) => candidate.field === field);
  return resolver?.decode(answers)?.slice(0, 128) ?? null;
}

function readCapabilities(driver: Driver, answers: Answers, ports: readonly PortInfo[]): Capabilities {
  const supported = supportedFields(driver);
  const reading = interpretPoll(driver, ports, answers);
  const columns: Record<string, readonly (number | null)[] | undefined> = {
    ...reading.state,
    ...reading.measures,
    ...reading.counters,
  };
  const notAnswered = new Set(
    reading.nulls.filter(({ reason, ports }) => reason === 'not-answered' && ports === '*').map(({ field }) => field),
  );
  const state = (field: CapabilityField) => {
    if (!supported.has(field)) return 'not-supported';
    if ((driver.ports.onDemand as readonly string[] | undefined)?.includes(field)) return 'unproven';
    // 'Does not apply now' is an answer too: an idle line has no call to tell of.
    const silent = notAnswered.has(field) || columns[field]?.length === 0;
    return silent ? 'unproven' : 'measured';
  };
  return Object.fromEntries(CAPABILITY_FIELDS.map((field) => [field, state(field)]));
}

/** Actions of the driver on this unit: those on a port need one. To be read at once, every gateway can. */
function actionsOf(driver: Driver, ports: readonly PortInfo[]): Identity['actions'] {
  return ACTION_TYPES.filter((type) => {
    const rule = driver.actions[type];
    if (rule === undefined) return type === 'poll-now';
    return rule.scope === 'gateway' || ports.length > 0;
  });
}
