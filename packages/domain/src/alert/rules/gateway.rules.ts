import { LIFE_SAFETY } from '../../line/life-safety.ts';
import { freshness } from '../../telemetry/freshness.ts';
import { answersUnreadably } from '../../telemetry/unreadable.ts';
import { conditionKey, portSubjectId } from '../keys.ts';
import type { ConditionKind } from '../kinds.ts';
import { valueOf } from '../thresholds.ts';
import type { AlertPlace, GatewayFacts, Observation } from '../types.ts';
import { alarmFindings } from './alarm.rules.ts';
import { addConfiguration } from './configuration.rules.ts';
import { type Add, bad, type ReadGateway, type RuleContext, severityFor, spoken } from './context.ts';
import { portRules } from './port.rules.ts';

/** Conditions of a gateway that take its lines with them. */
const OUTAGES: ReadonlySet<ConditionKind> = new Set([
  'gateway-unreachable',
  'lines-failed-together',
  'registrar-lost',
  'power-lost',
]);

const UNREAD_WORDS = {
  'gateway-not-polled': () => 'No target of the agent leads to the gateway any more.',
  'gateway-not-readable': (told: string) => `The gateway answers the agent, but it cannot be read. ${told}`.trimEnd(),
  'gateway-unreachable': () => 'The gateway does not answer the agent.',
} as const;

/** What was found about a gateway and its ports. */
export interface GatewayFinding {
  /** False: the gateway is unobserved now; what is not in `observations` is unknown, not good. */
  known: boolean;
  /** What the verdicts were formed from, event time. */
  at: number;
  observations: Observation[];
}

/** Evaluates one gateway and its ports. What is not found bad is good, where `known`. */
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
    const severity = severityFor(kind, OUTAGES.has(kind) ? gravest : null);
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
  if (freshness(facts.observedAt, facts.pollIntervalMs, now) !== 'live') {
    addStandstill(facts, now, add);
    return { known: false, at: now, observations };
  }
  addRestart(facts, valueOf(context.thresholds.at('gateway-rebooted', place), 'rememberS') * 1000, at, now, add);
  addTemperature(facts, at, place, context, add);
  addFailedActions(facts, valueOf(context.thresholds.at('action-failed', place), 'rememberS') * 1000, at, now, add);
  addConfiguration(facts.configuration, at, add);
  const gateway: ReadGateway = { facts, at, place, context, found: observations };
  portRules(gateway, add);
  addAlarms(gateway, add);
  return { known: true, at, observations };
}

function addUnreachable(facts: GatewayFacts, now: number, add: Add): void {
  const since = facts.reachabilityAt ?? now;
  const { code, text } = facts.unreadable ?? { code: 'unknown', text: null };
  const kind =
    code === 'target-removed'
      ? 'gateway-not-polled'
      : answersUnreadably(code)
        ? 'gateway-not-readable'
        : 'gateway-unreachable';
  add(kind, {
    at: now,
    since,
    text: UNREAD_WORDS[kind](text ?? ''),
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
  const alarm = facts.alarms.find(({ condition, position }) => condition === 'over-temperature' && position === null);
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

/** Conditions from notifications that readings do not show already. */
function addAlarms({ facts, at, place, context, found }: ReadGateway, add: Add): void {
  if (facts.alarms.length === 0 && facts.happened.length === 0) return;
  const placeOf = (position: number | null): AlertPlace => {
    const index = position === null ? -1 : facts.positions.indexOf(position);
    return index < 0 ? place : { ...place, position, lineDeviceClass: facts.devices[index] ?? 'unknown' };
  };
  const said = new Set(found.map(({ key }) => key));
  const settingOf = (kind: ConditionKind, position: number | null) => context.thresholds.at(kind, placeOf(position));
  for (const { position, kind, ...finding } of alarmFindings(facts, context.now, settingOf)) {
    if (position === null) {
      if (!said.has(conditionKey(kind, { type: 'gateway', id: facts.gatewayId }))) add(kind, { at, ...finding });
      continue;
    }
    const where = placeOf(position);
    const subject = { type: 'port', id: portSubjectId(facts.gatewayId, position) } as const;
    const setting = settingOf(kind, position);
    if (where.position === null || where.lineDeviceClass === 'unused') continue;
    if (setting.off || said.has(conditionKey(kind, subject))) continue;
    found.push(bad({ kind, subject, place: where, setting, at, ...finding }));
  }
}

function addFailedActions(facts: GatewayFacts, rememberMs: number, at: number, now: number, add: Add): void {
  const recent = facts.failedActions.filter((action) => now - action.at < rememberMs);
  const last = recent.at(-1);
  if (last === undefined) return;
  const where = last.position === null ? '' : ` on port ${last.position}`;
  const more = recent.length === 1 ? '' : ` (${recent.length} in all)`;
  add('action-failed', {
    at: Math.max(at, last.at),
    since: recent[0]!.at,
    text: `${last.what}${where} failed${more}.${last.reason === null ? '' : ` ${last.reason}`}`,
    seen: { action: last.what, position: last.position, reason: last.reason, failed: recent.length },
  });
}

/** It is reached, and its agent is there: then readings should come. */
function addStandstill(facts: GatewayFacts, now: number, add: Add): void {
  if (facts.reachability !== 'reachable' || facts.observedAt === null) return;
  add('reading-stands-still', {
    at: now,
    // Counted from when it is noticed: after a long cut old readings arrive one after the other.
    since: Number.POSITIVE_INFINITY,
    text: `The last reading is ${spoken(now - facts.observedAt)} old; one is due every ${spoken(facts.pollIntervalMs)}.`,
    seen: { lastReadAt: facts.observedAt, pollIntervalMs: facts.pollIntervalMs },
  });
}
