import { ACTION_TYPES, EVENT_KINDS, EVENT_SEVERITIES, UNREADABLE_CODES } from '@loopstart/domain';
import { z } from 'zod';
import { CounterColumns, GatewayMeasures, MeasureColumns, NullReasons, PORTS_MAX, StateColumns } from './columns.ts';
import { Inventory } from './inventory.ts';

/** Version of the agent protocol this build speaks. A message of a newer major version is quarantined, never guessed. */
export const AGENT_PROTOCOL_VERSION = 1;

/** Largest message either side accepts, in bytes; larger ones are refused before they are parsed. */
export const AGENT_MESSAGE_BYTES_MAX = 262_144;

const Epoch = z.int().min(0);
const Seq = z.int().min(0);
/**
 * (epoch, sequence): see `packages/domain/src/telemetry/cursor.ts`. An epoch is at least the time of the agent's start
 * in seconds since 1970, so that an agent whose state was lost does not speak in the past; keep both as 64-bit numbers.
 */
export const StreamPosition = z.tuple([Epoch, Seq]);
const AtMs = z.int().min(0).max(8_640_000_000_000_000);

/** One poll of one gateway. The hot path: about 170 of these a second for 10,000 gateways. */
export const Report = z.object({
  gatewayId: z.uuid(),
  /** When the reading was taken, agent's clock, ms since the epoch. */
  at: AtMs,
  /** Inventory revision whose port order the columns use. */
  revision: z.int().min(1),
  /**
   * True: every column of state and counters is here (a full snapshot), nulls with their reasons in `nulls`.
   * False: absent columns of state and counters, and absent `nulls`, are unchanged. An absent measurement, in either,
   * was not measured or has not moved beyond its deadband since it was last sent (at most five minutes ago).
   * A report right after an event of the same gateway may hold state that the notification implied; the poll that
   * confirms it, or takes it back, follows within about a second.
   */
  full: z.boolean(),
  /** How long the poll took. */
  pollMs: z.int().min(0),
  state: StateColumns.optional(),
  measures: MeasureColumns.optional(),
  counters: CounterColumns.optional(),
  gateway: GatewayMeasures.optional(),
  nulls: NullReasons.optional(),
});
export type Report = z.infer<typeof Report>;

export { EVENT_KINDS };
export const EventKind = z.enum(EVENT_KINDS);
export type EventKind = z.infer<typeof EventKind>;

export const GatewayEvent = z.object({
  /** Unique for ever: the agent makes it, the API ignores one it has. */
  id: z.uuid(),
  gatewayId: z.uuid(),
  at: AtMs,
  kind: EventKind,
  severity: z.enum(EVENT_SEVERITIES),
  /** 1-based port number where the event names a port. */
  position: z.int().min(1).nullable(),
  /** One plain sentence for the operator. */
  text: z.string().max(500),
  /** Raise and clear of the same thing share this key. */
  alarmKey: z.string().max(200).nullable(),
  source: z.enum(['trap', 'inform', 'syslog', 'poll', 'agent']),
  /** What was received, for the record: MIB object or OID to text. Never a community or password. */
  detail: z.record(z.string().max(200), z.string().max(500)),
});
export type GatewayEvent = z.infer<typeof GatewayEvent>;

/** Why a gateway is not read: absent from agents of before, which sent a sentence alone (`unreadableCode` reads it). */
const UnreadableCode = z.enum(UNREADABLE_CODES).nullable().optional();

/** An agent target that answers or does not; the reason a gateway is not readable. */
export const TargetStatus = z.object({
  address: z.string().max(64),
  gatewayId: z.uuid().nullable(),
  reachable: z.boolean().nullable(),
  /** Null where nothing is wrong: `reason` may then say how far a search is. */
  code: UnreadableCode,
  reason: z.string().max(200).nullable(),
  lastAnswerAt: AtMs.nullable(),
});

export const AgentHealth = z.object({
  at: AtMs,
  version: z.string().max(40),
  hostname: z.string().max(255),
  platform: z.string().max(100),
  startedAt: AtMs,
  rssBytes: z.int(),
  cpuPercent: z.number(),
  outboxMessages: z.int(),
  outboxBytes: z.int(),
  outboxOldestAt: AtMs.nullable(),
  diskFreeBytes: z.int().nullable(),
  /** Config revision in force: the acknowledgement of a config message. */
  configRevision: z.int(),
  certificateExpiresAt: AtMs,
  pollsOk: z.int(),
  pollsFailed: z.int(),
  pollLagMs: z.int(),
  /**
   * How far the wall clock of its machine is ahead of the cloud's time, ms; null: the cloud has not told its time yet.
   * Absent: an agent before 0.2. `at` here and in presence is that wall clock; the times of readings are put right.
   */
  clockAheadMs: z.int().nullable().optional(),
  notificationsRefused: z.record(z.string().max(60), z.int()),
  targets: z.array(TargetStatus).max(2000),
});
export type AgentHealth = z.infer<typeof AgentHealth>;

/** What the outbox had to drop: a gap is itself reported. */
export const Gap = z.object({
  /**
   * `outbox-full`, `disk-full`: given up by policy. `outbox-damaged`: unreadable on disk. `server-rewound`: the cloud
   * asked for messages that it had acknowledged and that are gone; `lost.unknown` is then their largest possible number.
   * After a gap the agent sends a full report of every gateway, and its inventory where inventories may be among the lost.
   */
  reason: z.enum(['outbox-full', 'outbox-damaged', 'disk-full', 'server-rewound']),
  fromAt: AtMs.nullable(),
  toAt: AtMs.nullable(),
  /** Messages lost, by kind; `unknown` where the kind cannot be told. */
  lost: z.record(z.string().max(40), z.int()),
});
export type Gap = z.infer<typeof Gap>;

export const ActionProgress = z.object({
  actionId: z.uuid(),
  at: AtMs,
  state: z.enum(['running', 'succeeded', 'failed', 'refused', 'expired']),
  /** Why refused or failed, one plain sentence; null when it went well. */
  reason: z.string().max(500).nullable(),
  /** The code of a refusal, which `reason` says in words; absent or null where it ended otherwise. */
  reasonCode: z.string().max(40).nullable().optional(),
  /** Readings of a line test and the like: name with unit to value. */
  result: z.record(z.string().max(60), z.union([z.string().max(500), z.number(), z.boolean(), z.null()])),
});
export type ActionProgress = z.infer<typeof ActionProgress>;

/** What an agent sends, by kind. */
export const UP_BODIES = {
  inventory: Inventory,
  reports: z.object({ reports: z.array(Report).min(1).max(500) }),
  /**
   * Polls that changed nothing, gathered over about five seconds, so that freshness costs next to nothing. `at` is the
   * earliest of these polls: a gateway's freshness is the later of this and what is stored.
   */
  unchanged: z.object({ at: AtMs, gatewayIds: z.array(z.uuid()).min(1).max(2000) }),
  /**
   * A gateway that does not answer (state becomes unknown), or answers again; also sent once, as reachable, when an agent
   * has read a gateway for the first time since its start. A full report follows each `reachable: true`.
   */
  reachability: z.object({
    gatewayId: z.uuid(),
    at: AtMs,
    reachable: z.boolean(),
    code: UnreadableCode,
    /** One sentence for the operator, beside the code; null when reachable. */
    reason: z.string().max(200).nullable(),
  }),
  events: z.object({ events: z.array(GatewayEvent).min(1).max(200) }),
  health: AgentHealth,
  gap: Gap,
  action: ActionProgress,
  /** Asks for a new certificate for the same agent; answered by `certificate`. */
  renew: z.object({ csrPem: z.string().max(8192) }),
} as const;
export type UpKind = keyof typeof UP_BODIES;
export const UP_KINDS = Object.keys(UP_BODIES) as UpKind[];

const envelope = <K extends UpKind>(kind: K) =>
  z.object({
    v: z.literal(AGENT_PROTOCOL_VERSION),
    epoch: Epoch,
    seq: z.int().min(1),
    /**
     * The message sent before this one since the cloud's last known position, which stands here in the first message
     * after a connection, a rewind or a long silence ([0, 0] before anything was acknowledged).
     */
    after: StreamPosition,
    kind: z.literal(kind),
    body: UP_BODIES[kind],
  });

/** Everything an agent sends, one message = one row in its outbox. */
export const UpMessage = z.discriminatedUnion('kind', [
  envelope('inventory'),
  envelope('reports'),
  envelope('unchanged'),
  envelope('reachability'),
  envelope('events'),
  envelope('health'),
  envelope('gap'),
  envelope('action'),
  envelope('renew'),
]);
export type UpMessage = z.infer<typeof UpMessage>;

/** SNMP access of a target. Secrets: encrypted at rest in the cloud, only ever sent over mutual TLS. */
export const SnmpAccess = z.discriminatedUnion('version', [
  z.object({
    version: z.enum(['v1', 'v2c']),
    community: z.string().min(1).max(128),
    writeCommunity: z.string().min(1).max(128).optional(),
  }),
  z.object({
    version: z.literal('v3'),
    user: z.string().min(1).max(64),
    level: z.enum(['noAuthNoPriv', 'authNoPriv', 'authPriv']),
    authProtocol: z.enum(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']).optional(),
    authPassphrase: z.string().min(8).max(128).optional(),
    privProtocol: z.enum(['des', 'aes128', 'aes192', 'aes256']).optional(),
    privPassphrase: z.string().min(8).max(128).optional(),
  }),
]);
export type SnmpAccess = z.infer<typeof SnmpAccess>;

/** The widest range a target may be: a /22 has 1,022 addresses. */
export const TARGET_PREFIX_MIN = 22;
/**
 * Addresses that all targets of one agent may name together: sixteen of the widest ranges. Searched 128 at a time with
 * two tries of a second each, they take about four minutes where nobody answers.
 */
export const TARGET_ADDRESSES_MAX = 16_352;

/** How many addresses a target names: of a range all that may be hosts, otherwise one. */
export function targetAddressCount(address: string): number {
  const prefix = Number(/^[\d.]+\/(\d{1,2})$/.exec(address)?.[1] ?? 32);
  if (prefix >= 31) return prefix > 32 ? 1 : 2 ** (32 - prefix);
  return 2 ** (32 - prefix) - 2;
}

/** Where an agent looks for gateways: one address, or a range given as CIDR (at most a /22). */
export const Target = z.object({
  id: z.string().min(1).max(64),
  address: z.string().min(1).max(64).describe('IPv4 or IPv6 address, host name, or IPv4 CIDR range of at most /22'),
  port: z.int().min(1).max(65535).default(161),
  access: SnmpAccess,
  /** Poll interval; null lets the driver decide. */
  pollIntervalMs: z.int().min(1000).max(3_600_000).nullable().default(null),
});
export type Target = z.infer<typeof Target>;

export const AgentConfig = z.object({
  revision: z.int().min(0),
  targets: z.array(Target).max(2000),
  /** Port for traps and informs; 162 needs a capability, which the systemd unit grants. */
  trapPort: z.int().min(0).max(65535).default(162),
  fullSnapshotIntervalMs: z.int().min(10_000).default(900_000),
  healthIntervalMs: z.int().min(5_000).default(30_000),
  outboxBytesMax: z.int().min(1_048_576).default(268_435_456),
});
export type AgentConfig = z.infer<typeof AgentConfig>;

/** What the cloud sends to one agent. */
export const DownMessage = z.discriminatedUnion('kind', [
  /**
   * Everything up to and including `position` is committed. `rejected`: messages that were quarantined, and why; they
   * count as committed and are not sent again. Answer repetitions with it too: an agent that hears nothing for 15 s
   * sends everything after the last acknowledged position again. May be cumulative and may come late or twice.
   */
  z.object({
    v: z.literal(1),
    kind: z.literal('ack'),
    position: StreamPosition,
    /** The cloud's time when this was sent, ms since the epoch: an agent puts the times of its readings right by it. */
    cloudTimeMs: AtMs.optional(),
    rejected: z
      .array(z.object({ position: StreamPosition, code: z.string(), detail: z.string() }))
      .max(100)
      .optional(),
    /**
     * Gateways of which the cloud lacks the inventory, or has another revision than what was rejected was made for:
     * their inventories and full reports are to be sent again.
     */
    inventoryOf: z.array(z.uuid()).max(1000).optional(),
  }),
  /**
   * Something before what was sent is missing: send again from after `position` (what is committed). Repeating it for
   * each message that was on its way is harmless: the same position is followed once a second.
   */
  z.object({ v: z.literal(1), kind: z.literal('rewind'), position: StreamPosition }),
  /** The database is slow: hold new messages for this long. */
  z.object({ v: z.literal(1), kind: z.literal('pause'), forMs: z.int().min(0).max(60_000) }),
  /**
   * Takes the place of the config before. Send it when an agent's health names another `configRevision` than the present,
   * not only when it changes: what was said before an agent's first connection is not kept by any broker.
   */
  z.object({ v: z.literal(1), kind: z.literal('config'), config: AgentConfig }),
  /** Desired: do this once before `expiresAt`; safe to receive twice. */
  z.object({
    v: z.literal(1),
    kind: z.literal('action'),
    actionId: z.uuid(),
    type: z.enum(ACTION_TYPES),
    gatewayId: z.uuid(),
    position: z.int().min(1).nullable(),
    /** `portKey` of the inventory: refused where another port has the number by now. Absent: not known. */
    portKey: z.string().max(160).nullable().optional(),
    lineDeviceClass: z.string().max(40),
    lifeSafetyConfirmed: z.boolean(),
    /**
     * What the cloud knows of every port of the gateway, for what takes all of them away. Absent from older clouds; a
     * port that is not in it has the class `lineDeviceClass`, and no hold.
     */
    ports: z
      .array(
        z.object({
          position: z.int().min(1),
          lineDeviceClass: z.string().max(40),
          /** An emergency call, or the time for a call back after one, is on the port. */
          emergencyHold: z.boolean(),
        }),
      )
      .max(PORTS_MAX)
      .optional(),
    /** Why it is to be done although nobody can tell whether the line is idle; null or absent: it is not then. */
    overrideReason: z.string().max(500).nullable().optional(),
    expiresAt: AtMs,
  }),
  z.object({ v: z.literal(1), kind: z.literal('certificate'), certificatePem: z.string(), caPem: z.string() }),
]);
export type DownMessage = z.infer<typeof DownMessage>;

/**
 * Retained presence, set by the agent on connect and by its last will when the connection dies. MQTT 5 brokers wait 26 s
 * with the will; an agent falls back to MQTT 3.1.1 where the broker refuses 5, and there the will comes at once, so an
 * `online: false` without a reason is news only when no `online: true` follows soon. `at` of a will is the time of the
 * connect.
 */
export const Presence = z.object({
  v: z.literal(1),
  online: z.boolean(),
  at: AtMs,
  epoch: Epoch,
  /** Why it goes, where it says so itself: its service is stopped or restarted in good order. */
  reason: z.literal('stopping').optional(),
});
export type Presence = z.infer<typeof Presence>;

/** MQTT topics. The broker lets an agent (by the common name of its certificate) touch only its own. */
export const topics = {
  up: (agentId: string) => `loopstart/v1/agents/${agentId}/up`,
  presence: (agentId: string) => `loopstart/v1/agents/${agentId}/presence`,
  down: (agentId: string) => `loopstart/v1/agents/${agentId}/down`,
  allUp: 'loopstart/v1/agents/+/up',
  allPresence: 'loopstart/v1/agents/+/presence',
  /** The agent id in a topic of ours, or null. */
  agentIdOf: (topic: string): string | null =>
    /^loopstart\/v1\/agents\/([0-9a-f-]{36})\/(?:up|down|presence)$/.exec(topic)?.[1] ?? null,
} as const;
