import type { ApplyReasonCode, ApplyVerdict } from '../configuration/apply/reasons.ts';
import type { GraveKey } from '../configuration/drift/grave.ts';
import type { LineTestVerdict } from '../line-test/judge.ts';
import type { Severity } from '../health/severity.ts';
import type { LineDeviceClass } from '../line/vocabulary.ts';
import type { UnreadableCode } from '../telemetry/unreadable.ts';
import type { Happening, StandingAlarm } from './alarms.ts';
import type { ConditionKind, SubjectType } from './kinds.ts';

/** `kind@subject`, for example `gateway-unreachable@gateway:<id>` or `port-unregistered@port:<gatewayId>/3`. */
export type ConditionKey = string;

/** The verdict of a rule: `unknown` without evidence; unknown never opens and never resolves. */
export type Verdict = 'bad' | 'good' | 'unknown';

/** What a threshold is and where it comes from: nearest scope wins. */
export interface ThresholdWhy {
  value: number;
  scope: 'default' | 'operator' | 'customer' | 'site' | 'line-device-class' | 'port';
  scopeId: string | null;
  /** The reason given by the person who set it; null for a default. */
  reason: string | null;
}

/** One setting by an operator, as stored. */
export interface ThresholdOverride {
  kind: ConditionKind;
  scope: Exclude<ThresholdWhy['scope'], 'default'>;
  /** Id of the scope: customer, site, `<gatewayId>/<position>`, line device class; null for the operator. */
  scopeId: string | null;
  parameters: Readonly<Record<string, number>>;
  /** The kind is not watched in this scope. */
  off: boolean;
  reason: string;
}

/** Where the subjects of one operator stand. */
export interface Topology {
  sites: ReadonlyMap<string, { id: string; customerId: string }>;
  agents: ReadonlyMap<string, { id: string; siteId: string }>;
  gateways: ReadonlyMap<string, GatewayPlace>;
}

/** Where a gateway stands, and what it shares with others. */
export interface GatewayPlace {
  id: string;
  siteId: string;
  agentId: string;
  model: string | null;
  firmware: string | null;
  /** The SIP server it registers with; null where the model does not report it. */
  registrar: string | null;
}

/** The current facts of an agent. Times in ms. */
export interface AgentFacts {
  agentId: string;
  siteId: string;
  /** Null: never connected. */
  lastSeenAt: number | null;
  /** The broker holds its connection. */
  online: boolean;
  /** When it went in good order; null when it is there or was lost. */
  stoppedAt: number | null;
  clockSkewMs: number | null;
  outboxOldestAt: number | null;
  certificateExpiresAt: number;
  /** When it last reported lost messages; null: never. */
  lostAt: number | null;
  /** When two machines last used its identity at once; null: never. */
  identityConflictAt: number | null;
  /** Since when it waits for a person's approval of its return; null: it does not. */
  returnAskedAt: number | null;
  /** Whether the site's public address answers: null when there is none, or it was not probed yet. */
  siteAnswers: boolean | null;
  /** How many lines of each life-safety class its gateways have; classes without a line are absent. */
  lifeSafetyLines: Readonly<Partial<Record<LineDeviceClass, number>>>;
}

/** Column arrays are codes over the ports (positions in the vocabularies), in the order of `positions`; null is unknown. */
export interface GatewayFacts {
  gatewayId: string;
  siteId: string;
  agentId: string;
  customerId: string;
  pollIntervalMs: number;
  /** When the newest reading was taken, by its own (corrected) clock. */
  observedAt: number | null;
  reachability: 'reachable' | 'unreachable' | 'unknown';
  reachabilityAt: number | null;
  /** Why it is not read, where it is not: null while it is. */
  unreadable: { code: UnreadableCode; text: string | null } | null;
  uptimeS: number | null;
  /** When it last started without having been asked to; null: not since it is known. */
  restartedAt: number | null;
  temperatureC: number | null;
  /** Alarms that the gateway itself raised and has not cleared. */
  alarms: readonly StandingAlarm[];
  /** What it reported lately that has no end of its own. */
  happened: readonly Happening[];
  /** A standing alarm for a lost SIP server, where readings show no registration: it holds for all lines. */
  registrarAlarm: boolean;
  /** Actions that failed lately and were not repeated with success. */
  failedActions: readonly FailedAction[];
  configuration: ConfigurationFacts;
  positions: readonly number[];
  devices: readonly LineDeviceClass[];
  admin: readonly (number | null)[] | null;
  oper: readonly (number | null)[] | null;
  hook: readonly (number | null)[] | null;
  call: readonly (number | null)[] | null;
  registration: readonly (number | null)[] | null;
  fault: readonly (number | null)[] | null;
  stateSince: readonly (number | null)[] | null;
  lineVoltageV: readonly (number | null)[] | null;
  loopCurrentMa: readonly (number | null)[] | null;
  jitterMs: readonly (number | null)[] | null;
  packetLossPercent: readonly (number | null)[] | null;
  /** Calls and failures of each port in the last six hours, where the gateway counts; null otherwise. */
  recentCalls: readonly ({ calls: number; failed: number } | null)[] | null;
  /** The baseline of each port; null until there are enough readings. */
  baselines: readonly (PortBaseline | null)[] | null;
  /** Verdict of the last line test of each port, evidence of its own time: null when none was carried out. */
  lineTests: readonly (PortLineTest | null)[] | null;
}

/** What is wrong with the configuration of a gateway; null: what is known says that nothing is. */
export interface ConfigurationFacts {
  /** How the newest change ended that nobody withdrew, where that was not well. */
  change: {
    end: 'failed' | 'reverted';
    at: number;
    reason: ApplyReasonCode | null;
    /** The agent's own sentence. */
    detail: string | null;
    verdict: ApplyVerdict | null;
  } | null;
  /** Values that somebody changed elsewhere and nobody decided of. */
  drift: { at: number; keys: number; first: readonly string[]; grave: readonly GraveKey[] } | null;
}

export interface FailedAction {
  at: number;
  /** What was asked for, as a person says it. */
  what: string;
  position: number | null;
  reason: string | null;
}

/** `at` is when the test ended, ms. */
export type PortLineTest = { at: number } & Pick<LineTestVerdict, 'verdict' | 'reason' | 'text'>;

export interface PortBaseline {
  lineVoltageV: Usual | null;
  loopCurrentMa: Usual | null;
}
export interface Usual {
  mean: number;
  deviation: number;
  samples: number;
}

/** What a rule found about one subject. */
export interface Observation {
  key: ConditionKey;
  kind: ConditionKind;
  subject: { type: SubjectType; id: string };
  verdict: Verdict;
  /** Event time of the verdict's facts; a verdict older than the record is ignored. */
  at: number;
  /** Event time at which it became so, as far as is known. */
  since: number;
  severity: Exclude<Severity, 'ok' | 'unknown'>;
  where: AlertPlace;
  evidence: Evidence;
  raiseAfterMs: number;
  clearAfterMs: number;
}

/** Where an alert is; absent levels are null. */
export interface AlertPlace {
  customerId: string | null;
  siteId: string | null;
  agentId: string | null;
  gatewayId: string | null;
  position: number | null;
  lineDeviceClass: LineDeviceClass | null;
}

/** Why we think so: one sentence, what was seen and what was expected, and where the thresholds come from. */
export interface Evidence {
  text: string;
  seen: Readonly<Record<string, string | number | boolean | null>>;
  thresholds: Readonly<Record<string, ThresholdWhy>>;
}

/** Why an open alert is not announced. */
export type Hold =
  | { reason: 'settling'; until: number }
  | { reason: 'suppressed'; by: ConditionKey }
  /** Its ancestor is just back: it must prove itself afresh until then. */
  | { reason: 'proving'; until: number }
  | { reason: 'maintenance'; windowId: string; until: number }
  | { reason: 'starting'; until: number }
  /** It is a trace of an outage that was announced already: the restart at its end. */
  | { reason: 'told'; by: ConditionKey };

export type AlertPhase = 'pending' | 'open' | 'recovering';

/** One condition that is not plainly good. Plain JSON, so that it can be stored and taken up again. */
export interface AlertRecord {
  key: ConditionKey;
  kind: ConditionKind;
  subject: { type: SubjectType; id: string };
  where: AlertPlace;
  severity: Exclude<Severity, 'ok' | 'unknown'>;
  /** Null: good now, kept only for the memory of its flapping. */
  phase: AlertPhase | null;
  raiseAfterMs: number;
  clearAfterMs: number;
  /** Counts the openings of this key: part of the dedup key of the outside. */
  incarnation: number;
  badSince: number | null;
  goodSince: number | null;
  openedAt: number | null;
  /** Verdict of the last observation, and its time (event time; older ones are ignored). */
  verdict: Verdict;
  observedAt: number;
  evidence: Evidence;
  hold: Hold | null;
  /** It was announced: its end will be announced too. */
  announced: boolean;
  flapping: boolean;
  /** Since when it flaps; null when it does not. Absent in what an earlier version stored. */
  flappingSince?: number | null;
  /** When it was bad at its last announcement; kept after its end. Absent in records of earlier versions. */
  told?: { from: number; to: number } | null;
  /** The last 21 states, newest in bit 0, and how many are known (Nagios core, flapping.c). */
  history: { bits: number; length: number; at: number };
}

/** What decides, apart from the records of a gateway themselves, how they are judged. */
export interface Judged {
  at: number;
  dispatchFrom: number;
  topology: Topology;
  maintenance: EngineInput['maintenance'];
  /** Conditions of operator, sites, agents and shared causes that are not plainly good. */
  causes: ReadonlySet<ConditionKey>;
}

export interface EngineInput {
  now: number;
  topology: Topology;
  /** Facts that may have changed. Absent subjects keep their last facts. */
  agents: readonly AgentFacts[];
  gateways: readonly GatewayFacts[];
  thresholds: readonly ThresholdOverride[];
  /** Which subjects are in maintenance now, by `customer:<id>`, `site:<id>`, `gateway:<id>`. */
  maintenance: ReadonlyMap<string, { windowId: string; until: number }>;
  /** The last interruption of monitoring, ms; null: none known. */
  interruption: { from: number; to: number } | null;
  /** At most so many gateways that only time changes are judged in this step; the others in the next. */
  dueMax: number;
  /** Subjects that no longer exist: their alerts are resolved with that reason. */
  gone: readonly string[];
  /** Gateways among them that were taken out of service: theirs end as `retired`. */
  retired?: ReadonlySet<string>;
}

/** Why an alert ended. */
export type EndReason = 'recovered' | 'gone' | 'retired' | 'not-watched';

/** What happened, in order. ENGINE of the API stores each and tells the outside. */
export type AlertChange =
  | { type: 'opened'; record: AlertRecord }
  | { type: 'changed'; record: AlertRecord; what: 'severity' | 'evidence' | 'hold' | 'flapping' | 'stale' }
  /** To be announced: the root of an incident. What it explains: `childrenByCause`. */
  | { type: 'announce'; record: AlertRecord }
  /** A notice about an announced alert that flaps: sent once at the start and once, with the final state, at the end. */
  | { type: 'flapping'; record: AlertRecord; started: boolean }
  | { type: 'resolved'; record: AlertRecord; at: number; reason: EndReason };
