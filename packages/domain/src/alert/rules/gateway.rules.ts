import { LIFE_SAFETY } from '../../health/port-health.ts';
import { freshness } from '../../telemetry/freshness.ts';
import { answersUnreadably } from '../../telemetry/unreadable.ts';
import { conditionKey } from '../keys.ts';
import type { ConditionKind } from '../kinds.ts';
import { valueOf } from '../thresholds.ts';
import type { AlertPlace, GatewayFacts, Observation } from '../types.ts';
import { bad, type Finding, type RuleContext, severityFor } from './context.ts';
import { portRules } from './port.rules.ts';

/** Conditions of a gateway that take its lines with them. */
const OUTAGES: ReadonlySet<ConditionKind> = new Set([
  'gateway-unreachable',
  'lines-failed-together',
  'registrar-lost',
  'power-lost',
]);

/** What was found about a gateway and its ports. */
export interface GatewayFinding {
  /** False: nobody can tell now; what is not in `observations` is unknown, not good. */
  known: boolean;
  /** What the verdicts were formed from, event time. */
  at: number;
  observations: Observation[];
}

/** Judges one gateway and its ports. What is not found bad is good, where `known`. */
export function gatewayRules(facts: GatewayFacts, context: RuleContext): GatewayFinding {
  const { now } = context;
  const observations: Observation[] = [];
  // A clock that is ahead must not make what is read later seem late.
  const at = Math.min(facts.observedAt ?? 0, now);
  if (context.agentLost(facts.agentId)) return { known: false, at: now, observations };
  const place: AlertPlace = {
    customerId: facts.customerId,
    siteId: facts.siteId,
    agentId: facts.agentId,
    gatewayId: facts.gatewayId,
    position: null,
    lineDeviceClass: null,
  };
  // A gateway with a line on which a life depends is as urgent as that line.
  const gravest = facts.devices.find((device) => LIFE_SAFETY.has(device)) ?? null;
  const add: Add = (kind, finding) => {
    const severity = OUTAGES.has(kind) ? severityFor(kind, gravest) : severityFor(kind, null);
    const setting = context.thresholds.at(kind, place);
    if (!setting.off)
      observations.push(
        bad({ kind, subject: { type: 'gateway', id: facts.gatewayId }, place, setting, severity, ...finding }),
      );
  };
  if (facts.reachability === 'unreachable') {
    addUnreachable(facts, now, add);
    return { known: false, at: now, observations };
  }
  if (freshness(facts.observedAt, facts.pollIntervalMs, now) !== 'live') return { known: false, at: now, observations };
  addRestart(facts, valueOf(context.thresholds.at('gateway-rebooted', place), 'rememberS') * 1000, at, now, add);
  addTemperature(facts, at, place, context, add);
  addAlarms(facts, at, add);
  portRules(facts, at, place, context, observations, add);
  return { known: true, at, observations };
}

export type Add = (kind: ConditionKind, finding: Omit<Finding, 'kind' | 'subject' | 'place' | 'setting'>) => void;

function addUnreachable(facts: GatewayFacts, now: number, add: Add): void {
  const since = facts.reachabilityAt ?? now;
  const { code, text } = facts.unreadable ?? { code: 'unknown', text: null };
  const kind = answersUnreadably(code) ? 'gateway-not-readable' : 'gateway-unreachable';
  add(kind, {
    at: now,
    since,
    text:
      kind === 'gateway-not-readable'
        ? `The gateway answers the agent, but it cannot be read. ${text ?? ''}`.trimEnd()
        : 'The gateway does not answer the agent.',
    seen: { unreachableSince: since, lastReadAt: facts.observedAt, code, reason: text },
  });
}

function addRestart(facts: GatewayFacts, rememberMs: number, at: number, now: number, add: Add): void {
  const { restartedAt, uptimeS } = facts;
  if (restartedAt === null || now - restartedAt >= rememberMs) return;
  const text = 'The gateway restarted without having been asked to.';
  add('gateway-rebooted', { at, since: restartedAt, text, seen: { restartedAt, uptimeS } });
}

function addTemperature(facts: GatewayFacts, at: number, place: AlertPlace, context: RuleContext, add: Add): void {
  const { temperatureC } = facts;
  const alarm = facts.alarms.find(({ kind }) => kind === 'temperature-high');
  const setting = context.thresholds.at('over-temperature', place);
  const isBad = context.isBad(conditionKey('over-temperature', { type: 'gateway', id: facts.gatewayId }));
  const limit = valueOf(setting, isBad ? 'clearTemperatureC' : 'temperatureC');
  if (temperatureC !== null && temperatureC >= limit) {
    const text = `The gateway measures ${temperatureC.toFixed(0)} °C; ${valueOf(setting, 'temperatureC')} °C is too hot.`;
    add('over-temperature', { at, since: at, text, seen: { temperatureC } });
  } else if (alarm !== undefined) {
    add('over-temperature', { at, since: alarm.since, text: alarm.text, seen: { alarm: alarm.text, temperatureC } });
  }
}

function addAlarms(facts: GatewayFacts, at: number, add: Add): void {
  for (const { kind, since, text } of facts.alarms)
    if (kind !== 'temperature-high') add(kind, { at, since, text, seen: { alarm: text } });
}
