import {
  ACTION_STATES,
  ACTION_TYPES,
  ADMIN_STATES,
  CALL_STATES,
  CONDITION_KINDS,
  FAULT_REASONS,
  FRESHNESS,
  HOOK_STATES,
  LINE_DEVICE_CLASSES,
  LINE_TEST_READING_NAMES,
  LINE_TEST_REASONS,
  LINE_TEST_VERDICTS,
  NULL_REASONS,
  OPER_STATES,
  PORT_HEALTH_REASONS,
  PORT_KINDS,
  PORT_STATE_FIELD_NAMES,
  POWER_SOURCES,
  REFUSAL_CODES,
  REGISTRATION_STATES,
  SEVERITIES,
  SIGNALLING,
  UNREADABLE_CODES,
} from '@loopstart/domain';
import { z } from 'zod';
import { Capabilities, EVIDENCE } from '../agent/inventory.ts';
import { Target, targetAddressCount, TARGET_ADDRESSES_MAX } from '../agent/down/agent-settings.ts';
import { EVENT_KINDS } from '../agent/up/gateway-event.ts';
import { ROLES } from './endpoint.ts';

/** Instants are ISO 8601 in UTC; the console shows them in the site's or the viewer's zone. */
export const Instant = z.iso.datetime();
export const Id = z.uuid();
const name = z.string().trim().min(1).max(120);

/** A password as it is chosen. Length is what counts (NIST SP 800-63B); which characters is nobody's business. */
export const NewPassword = z.string().min(12, 'at least 12 characters').max(500);

export const User = z
  .object({
    id: Id,
    email: z.email(),
    name: z.string(),
    role: z.enum(ROLES),
    timeZone: z.string().nullable(),
    operator: z.object({ id: Id, name: z.string() }),
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof User>;

/** Ports counted by how they are. Sums to `total`. */
export const PortCounts = z
  .object({
    total: z.int(),
    ok: z.int(),
    info: z.int(),
    minor: z.int(),
    major: z.int(),
    critical: z.int(),
    unknown: z.int(),
  })
  .meta({ id: 'PortCounts' });
export type PortCounts = z.infer<typeof PortCounts>;

export const CustomerInput = z.object({ name, notes: z.string().max(2000).default('') });
export const Customer = z
  .object({
    id: Id,
    name: z.string(),
    notes: z.string(),
    siteCount: z.int(),
    gatewayCount: z.int(),
    ports: PortCounts,
    worst: z.enum(SEVERITIES),
  })
  .meta({ id: 'Customer' });
export type Customer = z.infer<typeof Customer>;

export const timeZone = z
  .string()
  .refine((zone) => isTimeZone(zone), { error: 'an IANA time zone such as Europe/London' });

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Asked from outside, when an agent of the site is lost, whether the site answers. */
const probeAddress = z
  .string()
  .trim()
  .max(260)
  .regex(/^(\[[0-9a-f:.]+\]|[^\s:/@[\]]+):[1-9]\d{0,4}$/i, 'host and port such as gw.example.com:443')
  .nullable();

export const SiteInput = z.object({
  customerId: Id,
  name,
  timeZone,
  address: z.string().trim().max(500).default(''),
  /** What an emergency centre needs to find the line: building, floor, room. */
  emergencyLocation: z.string().trim().max(500).default(''),
  latitude: z.number().min(-90).max(90).nullable().default(null),
  longitude: z.number().min(-180).max(180).nullable().default(null),
  probeAddress: probeAddress.optional(),
});
export const Site = z
  .object({
    id: Id,
    customer: z.object({ id: Id, name: z.string() }),
    name: z.string(),
    timeZone: z.string(),
    address: z.string(),
    emergencyLocation: z.string(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    probeAddress: z.string().nullable(),
    agentCount: z.int(),
    agentsOnline: z.int(),
    gatewayCount: z.int(),
    ports: PortCounts,
    worst: z.enum(SEVERITIES),
  })
  .meta({ id: 'Site' });
export type Site = z.infer<typeof Site>;

/** How an agent is: `never-connected` after enrolment, `silent` when its lease ran out. */
export const AGENT_STATES = ['online', 'silent', 'never-connected', 'revoked'] as const;
export const Agent = z
  .object({
    id: Id,
    site: z.object({ id: Id, name: z.string(), timeZone: z.string(), customerName: z.string() }),
    state: z.enum(AGENT_STATES),
    hostname: z.string(),
    version: z.string(),
    platform: z.string().nullable(),
    enrolledAt: Instant,
    lastSeenAt: Instant.nullable(),
    startedAt: Instant.nullable(),
    certificateExpiresAt: Instant,
    rssBytes: z.number().nullable(),
    cpuPercent: z.number().nullable(),
    backlogMessages: z.int().nullable(),
    backlogBytes: z.number().nullable(),
    backlogOldestAt: Instant.nullable(),
    diskFreeBytes: z.number().nullable(),
    pollsOk: z.int().nullable(),
    pollsFailed: z.int().nullable(),
    clockSkewMs: z.int().nullable().describe('Agent clock minus ours at its last message; null before the first'),
    configRevisionDesired: z.int(),
    configRevisionReported: z.int().nullable(),
    gatewayCount: z.int(),
    targets: z
      .array(
        z.object({
          address: z.string(),
          gatewayId: Id.nullable(),
          reachable: z.boolean().nullable(),
          reason: z.string().nullable(),
          lastAnswerAt: Instant.nullable(),
        }),
      )
      .describe('What the agent was told to look at, and whether it answers'),
    rejectedMessages: z.int(),
    lostMessages: z.int().describe('Messages the agent had to drop, as it reported in gaps'),
    identityConflictAt: Instant.nullable().describe('When two machines were last seen with the identity of this agent'),
    contestedGateways: z
      .int()
      .describe('Gateways it reads that another agent of the site holds; what it says of them is set aside'),
  })
  .meta({ id: 'Agent' });
export type Agent = z.infer<typeof Agent>;

/** A target as read back: secrets are replaced by whether they are set. */
export const TargetView = z.object({
  id: z.string(),
  address: z.string(),
  port: z.int(),
  version: z.enum(['v1', 'v2c', 'v3']),
  user: z.string().nullable(),
  level: z.string().nullable(),
  hasSecrets: z.boolean(),
  canWrite: z.boolean(),
  pollIntervalMs: z.int().nullable(),
});
/** On update a target whose `access` is absent keeps the stored one (same id). */
export const AgentTargetsInput = z.object({
  targets: z
    .array(Target.extend({ access: Target.shape.access.optional() }))
    .max(2000)
    .superRefine((targets, context) => {
      let addresses = 0;
      for (const [index, { address }] of targets.entries()) {
        addresses += targetAddressCount(address);
        if (addresses <= TARGET_ADDRESSES_MAX) continue;
        const message = `at most ${TARGET_ADDRESSES_MAX} addresses in all targets together; with this one there are more`;
        return context.addIssue({ code: 'custom', path: [index, 'address'], message });
      }
    }),
  trapPort: z.int().min(0).max(65535).optional(),
});

export const EnrolmentToken = z
  .object({
    token: z.string().describe('Shown once; only its hash is stored'),
    expiresAt: Instant,
    siteId: Id,
    installCommand: z.string(),
  })
  .meta({ id: 'EnrolmentToken' });
export type EnrolmentToken = z.infer<typeof EnrolmentToken>;

/** One port with its present state. `nulls` says why a null is null. */
export const Port = z
  .object({
    gatewayId: Id,
    position: z.int(),
    kind: z.enum(PORT_KINDS),
    name: z.string().nullable().describe('As the gateway names it'),
    label: z.string().nullable().describe('As the operator names it'),
    number: z.string().nullable(),
    lineDeviceClass: z.enum(LINE_DEVICE_CLASSES),
    signalling: z.enum(SIGNALLING).nullable(),
    impedance: z.string().nullable(),
    countryProfile: z.string().nullable(),
    codecs: z.array(z.string()).nullable(),
    t38: z.boolean().nullable(),
    admin: z.enum(ADMIN_STATES).nullable(),
    oper: z.enum(OPER_STATES).nullable(),
    hook: z.enum(HOOK_STATES).nullable(),
    call: z.enum(CALL_STATES).nullable(),
    registration: z.enum(REGISTRATION_STATES).nullable(),
    fault: z.enum(FAULT_REASONS).nullable(),
    lineVoltageV: z.number().nullable(),
    loopCurrentMa: z.number().nullable(),
    ringVoltageV: z.number().nullable(),
    jitterMs: z.number().nullable(),
    packetLossPercent: z.number().nullable(),
    callsIn: z.int().nullable(),
    callsOut: z.int().nullable(),
    callsFailed: z.int().nullable(),
    nulls: z.record(z.string(), z.enum(NULL_REASONS)),
    severity: z.enum(SEVERITIES),
    healthReason: z.enum(PORT_HEALTH_REASONS),
    stateSince: Instant.nullable().describe('When any state field last changed'),
  })
  .meta({ id: 'Port' });
export type Port = z.infer<typeof Port>;

export const REACHABILITY = ['reachable', 'unreachable', 'unknown'] as const;
/** Lists leave retired gateways out, show nothing else, or show both. */
export const RETIRED_FILTER = ['exclude', 'only', 'include'] as const;
const OtherGateway = z.object({ id: Id, name: z.string() });
export const GATEWAY_NOTICES = [
  'displaced',
  'identity-conflict',
  'agent-revoked',
  'target-removed',
  'retired-reported-again',
] as const;
/** Something about the record of a gateway that somebody must decide. */
export const GatewayNotice = z
  .object({ code: z.enum(GATEWAY_NOTICES), text: z.string(), other: OtherGateway.nullable() })
  .meta({ id: 'GatewayNotice' });
export type GatewayNotice = z.infer<typeof GatewayNotice>;

export const GatewaySummary = z
  .object({
    id: Id,
    name: z.string(),
    site: z.object({ id: Id, name: z.string(), timeZone: z.string() }),
    customer: z.object({ id: Id, name: z.string() }),
    agentId: Id,
    vendor: z.string(),
    model: z.string(),
    firmware: z.string().nullable(),
    address: z.string(),
    driverId: z.string(),
    evidence: z.enum(EVIDENCE),
    unknownHardware: z.boolean(),
    reachability: z.enum(REACHABILITY),
    unreachableReason: z.string().nullable(),
    unreachableCode: z.enum(UNREADABLE_CODES).nullable().describe('Why it is not read; null while it is'),
    freshness: z.enum(FRESHNESS),
    observedAt: Instant.nullable(),
    temperatureC: z.number().nullable(),
    activeCalls: z.int().nullable(),
    ports: PortCounts,
    worst: z.enum(SEVERITIES),
    retired: z
      .object({
        at: Instant,
        by: z.string(),
        because: z.enum(['retired', 'replaced', 'merged']),
        note: z.string().nullable(),
        successor: OtherGateway.nullable(),
        reportedAgain: z.boolean().describe('It was read after it went out of service'),
      })
      .nullable()
      .describe('How it went out of service; null while it is in service'),
    notices: z.array(GatewayNotice),
  })
  .meta({ id: 'GatewaySummary' });
export type GatewaySummary = z.infer<typeof GatewaySummary>;

export const Gateway = GatewaySummary.extend({
  serial: z.string().nullable(),
  macAddress: z.string().nullable(),
  hardwareRevision: z.string().nullable(),
  sysName: z.string().nullable(),
  sysDescr: z.string().nullable(),
  sysObjectId: z.string().nullable(),
  powerSource: z.enum(POWER_SOURCES).nullable(),
  sipServer: z.string().nullable().describe('Where its lines register, where the maker tells it'),
  cannotTell: z.array(z.enum(CONDITION_KINDS)).describe('Conditions that this gateway cannot report'),
  pollIntervalMs: z.int(),
  firstSeenAt: Instant,
  uptimeS: z.number().nullable(),
  cpuPercent: z.number().nullable(),
  memoryPercent: z.number().nullable(),
  nulls: z.record(z.string(), z.enum(NULL_REASONS)),
  capabilities: Capabilities,
  actions: z.array(z.enum(ACTION_TYPES)),
  driverNote: z.string().describe('What has proven this driver, in plain words'),
  portList: z.array(Port),
}).meta({ id: 'Gateway' });
export type Gateway = z.infer<typeof Gateway>;

export const StateChange = z
  .object({
    at: Instant,
    receivedAt: Instant,
    field: z.enum(PORT_STATE_FIELD_NAMES as [string, ...string[]]),
    from: z.string().nullable(),
    to: z.string().nullable(),
  })
  .meta({ id: 'StateChange' });
export type StateChange = z.infer<typeof StateChange>;

/** A series over time. Raw points have min = avg = max; roll-ups tell all three. Null where nothing was measured. */
export const RESOLUTIONS = ['raw', 'hour', 'day'] as const;
export const Series = z
  .object({
    resolution: z.enum(RESOLUTIONS),
    from: Instant,
    to: Instant,
    /** Seconds since the epoch, one a point, shared by all measures. */
    t: z.array(z.number()),
    measures: z.record(
      z.string(),
      z.object({
        unit: z.string(),
        min: z.array(z.number().nullable()),
        avg: z.array(z.number().nullable()),
        max: z.array(z.number().nullable()),
      }),
    ),
  })
  .meta({ id: 'Series' });
export type Series = z.infer<typeof Series>;

export const Event = z
  .object({
    id: Id,
    gatewayId: Id,
    gatewayName: z.string(),
    siteId: Id,
    siteName: z.string(),
    timeZone: z.string(),
    at: Instant,
    receivedAt: Instant,
    kind: z.enum(EVENT_KINDS),
    severity: z.enum(['info', 'warning', 'minor', 'major', 'critical', 'cleared']),
    position: z.int().nullable(),
    text: z.string(),
    source: z.enum(['trap', 'inform', 'syslog', 'poll', 'agent']),
    detail: z.record(z.string(), z.string()),
  })
  .meta({ id: 'Event' });
export type Event = z.infer<typeof Event>;

export const ActionInput = z.object({
  type: z.enum(ACTION_TYPES),
  position: z.int().min(1).nullable().default(null),
  lifeSafetyConfirmed: z.boolean().default(false),
  /**
   * Why it is to be done although nobody can tell whether the line is idle. Stored, audited and shown with the action.
   * It never lifts what is known: a line that rings, is off hook, in a call or held for an emergency call is left alone.
   */
  overrideReason: z.string().trim().min(10).max(500).nullable().default(null),
  /** Made by the client: the same id twice is one action. */
  idempotencyKey: z.uuid(),
});
/** A line test as it is judged: the same in alerts, runbooks and console. */
export const LineTestResult = z
  .object({
    verdict: z.enum(LINE_TEST_VERDICTS),
    reason: z.enum(LINE_TEST_REASONS),
    text: z.string().describe('Plain sentences'),
    testedAt: Instant,
    values: z.array(
      z.object({
        name: z.enum(LINE_TEST_READING_NAMES),
        label: z.string(),
        value: z.union([z.number(), z.string()]),
        unit: z.string().nullable(),
        normal: z
          .string()
          .nullable()
          .describe('What would be normal on this line, in words; null where it is not known'),
        finding: z.enum(['normal', 'abnormal', 'not-judged']),
      }),
    ),
  })
  .meta({ id: 'LineTestResult' });
export type LineTestResult = z.infer<typeof LineTestResult>;

export const Action = z
  .object({
    id: Id,
    gatewayId: Id,
    position: z.int().nullable(),
    type: z.enum(ACTION_TYPES),
    state: z.enum(ACTION_STATES),
    reason: z.string().nullable(),
    reasonCode: z.string().nullable().describe('The code of a refusal that `reason` says in words'),
    overrideReason: z.string().nullable().describe('Why it was asked although nobody could tell if the line was idle'),
    overrode: z.enum(REFUSAL_CODES).nullable().describe('What the override lifted when it was asked'),
    result: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    lineTest: LineTestResult.nullable().describe('The verdict of a line test that was carried out'),
    requestedBy: z.string(),
    requestedAt: Instant,
    updatedAt: Instant,
    expiresAt: Instant,
  })
  .meta({ id: 'Action' });
export type Action = z.infer<typeof Action>;

/** Whether each action may be done now, and if not, why: computed by the same function that refuses it. */
export const ActionOffer = z
  .object({
    type: z.enum(ACTION_TYPES),
    allowed: z.boolean(),
    refusal: z
      .object({
        code: z.enum(REFUSAL_CODES),
        position: z.int().nullable().describe('The port in the way; null where it is the gateway itself'),
        text: z.string(),
      })
      .nullable(),
    needsLifeSafetyConfirmation: z.boolean().describe('A confirmation is needed, and may lift the refusal'),
    needsOverride: z.boolean().describe('A written reason is needed, and may lift the refusal'),
  })
  .meta({ id: 'ActionOffer' });
export type ActionOffer = z.infer<typeof ActionOffer>;

export const WrongThing = z.object({
  gatewayId: Id,
  gatewayName: z.string(),
  siteId: Id,
  siteName: z.string(),
  customerName: z.string(),
  timeZone: z.string(),
  /** Null: the gateway itself. */
  position: z.int().nullable(),
  label: z.string().nullable(),
  lineDeviceClass: z.enum(LINE_DEVICE_CLASSES).nullable(),
  severity: z.enum(SEVERITIES),
  reason: z.union([z.enum(PORT_HEALTH_REASONS), z.enum(['gateway-unreachable', 'agent-silent', 'gateway-stale'])]),
  fault: z.enum(FAULT_REASONS).nullable(),
  since: Instant.nullable(),
});
export type WrongThing = z.infer<typeof WrongThing>;

export const DriverView = z
  .object({
    id: z.string(),
    vendor: z.string(),
    models: z.array(
      z.object({
        name: z.string(),
        fxs: z.int(),
        fxo: z.int(),
        evidence: z.enum(EVIDENCE),
        proven: z.array(z.string()).describe('Fields that a recording of this model has shown'),
      }),
    ),
    revision: z.int(),
    evidence: z.enum(EVIDENCE).describe('The best proof that any model with analogue ports has'),
    note: z.string(),
    capabilities: Capabilities,
    actions: z.array(z.string()),
  })
  .meta({ id: 'Driver' });
