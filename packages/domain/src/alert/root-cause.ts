import { conditionKey, firmwareOf, isOfOneCustomer, portSubjectId, registrarId, sharedOf } from './keys.ts';
import type { ConditionKind } from './kinds.ts';
import type { AlertPlace, AlertRecord, ConditionKey, GatewayPlace, Topology } from './types.ts';

/** A restart explains what is wrong on the gateway for so long; what is still wrong then has another reason. */
const RESTART_EXPLAINS_MS = 180_000;

const PORT_KINDS: ReadonlySet<ConditionKind> = new Set([
  'port-out-of-service',
  'port-unregistered',
  'port-locked',
  'receiver-off-hook',
  'ring-failure',
  'no-dial-tone',
  'line-voltage-abnormal',
  'loop-current-abnormal',
  'line-test-failed',
  'call-quality-poor',
  'fax-failures',
  'line-alarm',
]);
/** What says that a gateway is away or was. */
const GATEWAY_GONE: ReadonlySet<ConditionKind> = new Set([
  'gateway-unreachable',
  'gateway-not-readable',
  'gateway-not-polled',
  'gateway-rebooted',
]);
/** What a gateway reports of itself as a whole: a restart or a loss of power is no reason for it. */
const OF_THE_GATEWAY: ReadonlySet<ConditionKind> = new Set([
  'power-lost',
  'over-temperature',
  'fan-failed',
  'gateway-alarm',
  'network-link-down',
  'access-refused',
  'gateway-quality-poor',
  'action-failed',
  'reading-stands-still',
]);
/** Warnings that stand by themselves: an outage neither causes nor explains them. */
const STANDALONE: ReadonlySet<ConditionKind> = new Set([
  'monitoring-interrupted',
  'clock-wrong',
  'certificate-expiring',
  'data-lost',
  'identity-used-twice',
]);

/**
 * What could explain a condition, outermost first: operator, site, agent, shared causes, gateway, and the port itself.
 */
export function ancestorsOf(record: AlertRecord, topology: Topology): ConditionKey[] {
  const { kind, where } = record;
  if (STANDALONE.has(kind)) return [];
  const keys: ConditionKey[] = [];
  const add = (cause: ConditionKind, type: string, id: string | null) => {
    if (id !== null && cause !== kind) keys.push(conditionKey(cause, { type, id }));
  };
  if (kind === 'registrar-lost-together' && isOfOneCustomer(record.subject.id))
    return [conditionKey(kind, { type: 'shared', id: registrarId.unknown })];
  if (kind === 'agents-lost-together' || kind === 'registrar-lost-together' || kind === 'firmware-suspect') return [];
  add('agents-lost-together', 'operator', '');
  if (kind === 'site-power-lost') return keys;
  add('site-wan-down', 'site', kind === 'site-wan-down' ? null : where.siteId);
  add(
    'site-power-lost',
    'site',
    kind === 'power-lost' || kind === 'agent-silent' || GATEWAY_GONE.has(kind) || PORT_KINDS.has(kind)
      ? where.siteId
      : null,
  );
  if (kind !== 'agent-silent' && kind !== 'agent-stopped') {
    add('agent-silent', 'agent', where.agentId);
    add('agent-stopped', 'agent', where.agentId);
  }
  // Readings that wait in the agent for their delivery are not missing.
  if (kind === 'reading-stands-still') add('backlog-growing', 'agent', where.agentId);
  const { gatewayId } = where;
  if (gatewayId === null) return keys;
  const { registrar, firmware } = sharedOf(record, topology);
  // These take gateways away. A line of a gateway that is still there has its own reason.
  if (GATEWAY_GONE.has(kind) || kind === 'power-lost') {
    add('lan-segment-down', 'agent', where.agentId);
    if (firmware !== null) add('firmware-suspect', 'shared', `firmware:${firmware}`);
  }
  if (kind === 'registrar-lost' || kind === 'port-unregistered')
    for (const id of registrarsOf(registrar, where.customerId)) add('registrar-lost-together', 'shared', id);
  if (kind === 'gateway-unreachable') return keys;
  add('gateway-unreachable', 'gateway', gatewayId);
  if (GATEWAY_GONE.has(kind)) return keys;
  add('gateway-not-readable', 'gateway', gatewayId);
  add('gateway-not-polled', 'gateway', gatewayId);
  if (OF_THE_GATEWAY.has(kind)) return keys;
  add('gateway-rebooted', 'gateway', gatewayId);
  add('power-lost', 'gateway', kind === 'port-locked' ? null : gatewayId);
  if (PORT_KINDS.has(kind) || kind === 'lines-failed-together') {
    add('over-temperature', 'gateway', kind === 'port-locked' || kind === 'port-unregistered' ? null : gatewayId);
  }
  if (!PORT_KINDS.has(kind)) return keys;
  add('lines-failed-together', 'gateway', kind === 'port-locked' || kind === 'port-unregistered' ? null : gatewayId);
  add('registrar-lost', 'gateway', kind === 'port-unregistered' ? gatewayId : null);
  if (where.position === null) return keys;
  const port = portSubjectId(gatewayId, where.position);
  if (kind !== 'port-locked') add('port-locked', 'port', port);
  if (
    kind !== 'port-locked' &&
    kind !== 'port-out-of-service' &&
    kind !== 'fax-failures' &&
    kind !== 'call-quality-poor'
  )
    add('port-out-of-service', 'port', port);
  return keys;
}

/**
 * The outermost condition that explains the record now, by way of others if need be, also while it is only suspected;
 * null: it is a root. Ends because no condition is among the ancestors of its own ancestors.
 */
export function causeOf(
  records: { get(key: ConditionKey): AlertRecord | undefined },
  topology: Topology,
  record: AlertRecord,
  now: number,
): ConditionKey | null {
  for (const key of ancestorsOf(record, topology)) {
    const cause = records.get(key);
    if (cause === undefined || cause.phase === null) continue;
    if (explainsUntil(cause, now) <= now) continue;
    return causeOf(records, topology, cause, now) ?? key;
  }
  return null;
}

/** The shared subjects of a gateway's SIP server, widest first. */
function registrarsOf(registrar: string | null, customerId: string | null): string[] {
  if (registrar !== null) return [registrarId.of(registrar)];
  return customerId === null ? [registrarId.unknown] : [registrarId.unknown, registrarId.ofCustomer(customerId)];
}

/** Outages at the end of which gateways start again. */
const ENDS_WITH_A_START: ReadonlySet<ConditionKind> = new Set([
  'site-wan-down',
  'site-power-lost',
  'agent-silent',
  'lan-segment-down',
  'gateway-unreachable',
]);
/** A gateway is missed a poll and three tries after it went; it answers before we hear of it. */
const MISSED_LATE_MS = 90_000;
const ANSWERED_EARLY_MS = 30_000;

/**
 * The outage, told already, within which a gateway started again: who was told of the outage need not be told of the
 * restart that is part of it. Null: there is none.
 */
export function toldOutageOf(
  records: { get(key: ConditionKey): AlertRecord | undefined },
  topology: Topology,
  record: AlertRecord,
): ConditionKey | null {
  const { kind, badSince } = record;
  if (kind !== 'gateway-rebooted' || badSince === null) return null;
  for (const key of ancestorsOf(record, topology)) {
    const outage = records.get(key);
    if (outage === undefined || !ENDS_WITH_A_START.has(outage.kind)) continue;
    const { told = null } = outage;
    const within = (from: number, to: number) =>
      badSince >= from - MISSED_LATE_MS && badSince <= to + ANSWERED_EARLY_MS;
    const standing = outage.announced && outage.badSince !== null && within(outage.badSince, Number.POSITIVE_INFINITY);
    if (standing || (told !== null && within(told.from, told.to))) return key;
  }
  return null;
}

/** Until when a condition explains others as long as it lasts, ms. */
export function explainsUntil({ kind, badSince }: AlertRecord, now: number): number {
  return kind === 'gateway-rebooted' ? (badSince ?? now) + RESTART_EXPLAINS_MS : Number.POSITIVE_INFINITY;
}

/** Everything outside a gateway that could explain a condition of it or of its ports, directly or by way of others. */
export function causesAbove(place: AlertPlace, gateway: GatewayPlace | undefined): ConditionKey[] {
  const { siteId, agentId } = place;
  const keys: ConditionKey[] = [conditionKey('agents-lost-together', { type: 'operator', id: '' })];
  const add = (type: string, id: string | null, ...kinds: ConditionKind[]) => {
    if (id !== null) for (const kind of kinds) keys.push(conditionKey(kind, { type, id }));
  };
  add('site', siteId, 'site-wan-down', 'site-power-lost');
  add('agent', agentId, 'agent-silent', 'agent-stopped', 'lan-segment-down');
  for (const id of registrarsOf(gateway?.registrar ?? null, place.customerId))
    add('shared', id, 'registrar-lost-together');
  const firmware = gateway === undefined ? null : firmwareOf(gateway);
  if (firmware !== null) add('shared', `firmware:${firmware}`, 'firmware-suspect');
  return keys;
}
