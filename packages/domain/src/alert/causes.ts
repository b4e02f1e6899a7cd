import { CONDITIONS } from './conditions.ts';
import { conditionKey, firmwareOf, isOfOneCustomer, portSubjectId, registrarId, registrarIdsOf } from './keys.ts';
import { CONDITION_KINDS, type ConditionKind, type SubjectType } from './kinds.ts';
import type { AlertPlace, ConditionKey, GatewayPlace } from './types.ts';

/** What is explained: a condition with its gateway, where it has one that the topology knows. */
export interface Explained {
  where: AlertPlace;
  gateway: GatewayPlace | undefined;
  /** Absent where a whole gateway with its lines is meant. */
  key?: ConditionKey;
  subject?: { id: string };
}

type Subjects = (explained: Explained) => readonly (string | null)[];

/** Of which subjects a cause can be, seen from what it explains: ids of the subject type, widest first. */
const SUBJECTS = {
  operator: { type: 'operator', of: () => [''] },
  site: { type: 'site', of: ({ where }) => [where.siteId] },
  agent: { type: 'agent', of: ({ where }) => [where.agentId] },
  firmware: {
    type: 'shared',
    of: ({ gateway }) => {
      const firmware = gateway === undefined ? null : firmwareOf(gateway);
      return [firmware === null ? null : `firmware:${firmware}`];
    },
  },
  registrar: {
    type: 'shared',
    of: ({ where: { customerId }, gateway }) => registrarIdsOf(gateway?.registrar ?? null, customerId),
  },
  /** The unknown server of several customers, seen from that of one. */
  'wider-registrar': {
    type: 'shared',
    of: ({ subject }) => [subject !== undefined && isOfOneCustomer(subject.id) ? registrarId.unknown : null],
  },
  gateway: { type: 'gateway', of: ({ where }) => [where.gatewayId] },
  port: {
    type: 'port',
    of: ({ where: { gatewayId, position } }) => [
      gatewayId === null || position === null ? null : portSubjectId(gatewayId, position),
    ],
  },
} as const satisfies Record<string, { type: SubjectType; of: Subjects }>;

export interface Cause {
  cause: ConditionKind;
  subject: keyof typeof SUBJECTS;
  /** Kinds that it explains; never itself. */
  explains: readonly ConditionKind[];
  /** Kinds among them that have a reason of their own all the same. */
  unless?: readonly ConditionKind[];
  /** It explains for so long from its beginning, ms; what is still wrong then has another reason. Absent: while it lasts. */
  forMs?: number;
  /** At its end gateways start again. */
  endsWithAStart?: true;
}

/** Whatever else is wrong, somebody did these: a person has to know. */
const BY_HAND: ReadonlySet<ConditionKind> = new Set(['config-failed', 'config-drifted']);
const kindsAbout = (type: SubjectType) =>
  CONDITION_KINDS.filter((kind) => CONDITIONS[kind].subject === type && !BY_HAND.has(kind));
const OF_GATEWAYS = kindsAbout('gateway');
const OF_LINES = kindsAbout('port');
/** Conditions that mean that a gateway is or was away. */
const GONE: readonly ConditionKind[] = [
  'gateway-unreachable',
  'gateway-not-readable',
  'gateway-not-polled',
  'gateway-rebooted',
];
/** What an outage above it can explain; warnings that stand by themselves are not among them. */
const BELOW_AN_OUTAGE: readonly ConditionKind[] = [
  'agent-silent',
  'agent-stopped',
  'backlog-growing',
  'lan-segment-down',
  ...OF_GATEWAYS,
  ...OF_LINES,
];
/** What a restart or a loss of power can explain: nothing that a gateway reports of itself as a whole. */
const AFTER_A_START: readonly ConditionKind[] = ['lines-failed-together', 'registrar-lost', ...OF_LINES];

/**
 * What can explain what, outermost first: operator, site, agent, what gateways share, gateway, and the port itself. A kind
 * that no row explains is always a root. To add a cause, add its row where it stands from outside to inside.
 */
export const CAUSES: readonly Cause[] = [
  {
    cause: 'agents-lost-together',
    subject: 'operator',
    explains: ['site-wan-down', 'site-power-lost', ...BELOW_AN_OUTAGE],
  },
  { cause: 'registrar-lost-together', subject: 'wider-registrar', explains: ['registrar-lost-together'] },
  { cause: 'site-wan-down', subject: 'site', explains: BELOW_AN_OUTAGE, endsWithAStart: true },
  {
    cause: 'site-power-lost',
    subject: 'site',
    explains: ['agent-silent', 'power-lost', ...GONE, ...OF_LINES],
    endsWithAStart: true,
  },
  {
    cause: 'agent-silent',
    subject: 'agent',
    explains: BELOW_AN_OUTAGE,
    unless: ['agent-stopped'],
    endsWithAStart: true,
  },
  { cause: 'agent-stopped', subject: 'agent', explains: BELOW_AN_OUTAGE, unless: ['agent-silent'] },
  // Readings that wait in the agent for their delivery are not missing.
  { cause: 'backlog-growing', subject: 'agent', explains: ['reading-stands-still'] },
  // These take gateways away. A line of a gateway that is still there has its own reason.
  { cause: 'lan-segment-down', subject: 'agent', explains: ['power-lost', ...GONE], endsWithAStart: true },
  { cause: 'firmware-suspect', subject: 'firmware', explains: ['power-lost', ...GONE] },
  { cause: 'registrar-lost-together', subject: 'registrar', explains: ['registrar-lost', 'port-unregistered'] },
  { cause: 'gateway-unreachable', subject: 'gateway', explains: [...OF_GATEWAYS, ...OF_LINES], endsWithAStart: true },
  { cause: 'gateway-not-readable', subject: 'gateway', explains: [...OF_GATEWAYS, ...OF_LINES], unless: GONE },
  { cause: 'gateway-not-polled', subject: 'gateway', explains: [...OF_GATEWAYS, ...OF_LINES], unless: GONE },
  { cause: 'gateway-rebooted', subject: 'gateway', explains: AFTER_A_START, forMs: 180_000 },
  // Lines that are lost by a change come back with the former configuration; what is lost long after it has another reason.
  {
    cause: 'config-reverted',
    subject: 'gateway',
    explains: ['lines-failed-together', 'registrar-lost', 'port-out-of-service', 'port-unregistered'],
    forMs: 900_000,
  },
  { cause: 'power-lost', subject: 'gateway', explains: AFTER_A_START, unless: ['port-locked'] },
  {
    cause: 'over-temperature',
    subject: 'gateway',
    explains: ['lines-failed-together', ...OF_LINES],
    unless: ['port-locked', 'port-unregistered'],
  },
  {
    cause: 'lines-failed-together',
    subject: 'gateway',
    explains: OF_LINES,
    unless: ['port-locked', 'port-unregistered'],
  },
  { cause: 'registrar-lost', subject: 'gateway', explains: ['port-unregistered'] },
  { cause: 'port-locked', subject: 'port', explains: OF_LINES },
  {
    cause: 'port-out-of-service',
    subject: 'port',
    explains: OF_LINES,
    unless: ['port-locked', 'fax-failures', 'call-quality-poor'],
  },
];

const explains = ({ explains: kinds, unless = [] }: Cause, kind: ConditionKind) =>
  kinds.includes(kind) && !unless.includes(kind);

const BY_KIND: ReadonlyMap<ConditionKind, readonly Cause[]> = new Map(
  CONDITION_KINDS.map((kind) => [kind, CAUSES.filter((cause) => explains(cause, kind))]),
);

/** Causes outside a gateway that explain conditions of it or of its lines. */
const ABOVE_GATEWAYS = CAUSES.filter(
  (cause) =>
    !['gateway', 'port'].includes(cause.subject) && [...OF_GATEWAYS, ...OF_LINES].some((kind) => explains(cause, kind)),
);

/** What could explain a condition of this kind, outermost first. */
export function causesOf(kind: ConditionKind, explained: Explained): ConditionKey[] {
  return keysOf(BY_KIND.get(kind) ?? [], explained);
}

/** Everything outside a gateway that could explain a condition of it or of its ports, directly or by way of others. */
export function causesAbove(where: AlertPlace, gateway: GatewayPlace | undefined): ConditionKey[] {
  return keysOf(ABOVE_GATEWAYS, { where, gateway });
}

function keysOf(causes: readonly Cause[], explained: Explained): ConditionKey[] {
  const keys: ConditionKey[] = [];
  for (const { cause, subject } of causes) {
    const { type, of } = SUBJECTS[subject];
    for (const id of of(explained)) {
      if (id === null) continue;
      const key = conditionKey(cause, { type, id });
      if (key !== explained.key) keys.push(key);
    }
  }
  return keys;
}
