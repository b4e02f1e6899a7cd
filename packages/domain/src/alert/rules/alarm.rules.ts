import { HOOK_STATES } from '../../line/vocabulary.ts';
import type { StandingAlarm } from '../alarms.ts';
import type { EventSeverity } from '../event-kinds.ts';
import type { ConditionKind } from '../kinds.ts';
import { type Setting, valueOf } from '../thresholds.ts';
import type { Evidence, GatewayFacts } from '../types.ts';
import type { AlertSeverity } from './context.ts';

const ON_HOOK = HOOK_STATES.indexOf('on-hook');

/** Alarms of which only the gateway knows how grave they are. */
const AS_GRAVE_AS_TOLD: ReadonlySet<ConditionKind> = new Set(['gateway-alarm', 'line-alarm']);
const WEIGHT: Readonly<Record<EventSeverity, AlertSeverity>> = {
  cleared: 'info',
  info: 'info',
  warning: 'minor',
  minor: 'minor',
  major: 'major',
  critical: 'critical',
};
const RANK: Readonly<Record<AlertSeverity, number>> = { info: 0, minor: 1, major: 2, critical: 3 };

/** What a gateway notified about one condition, of itself or of a port. */
export interface AlarmFinding {
  kind: ConditionKind;
  position: number | null;
  since: number;
  text: string;
  seen: Evidence['seen'];
  /** Absent: the severity of the condition. */
  severity?: AlertSeverity;
}

interface Said {
  condition: ConditionKind;
  position: number | null;
  severity: EventSeverity;
  text: string;
  since: number;
}

/**
 * Conditions from notifications: standing alarms, and recent events without an end of their own. Where a reading shows the
 * same thing the reading decides: a clear may get lost, and the next reading does not.
 */
export function alarmFindings(
  facts: GatewayFacts,
  now: number,
  settingOf: (kind: ConditionKind, position: number | null) => Setting,
): AlarmFinding[] {
  const found: AlarmFinding[] = [];
  const standing = facts.alarms.filter((alarm) => !isReadAnyway(facts, alarm));
  const happened = facts.happened.map((one) => ({ ...one, since: one.at }));
  for (const group of grouped(standing)) found.push(finding(group));
  for (const group of grouped(happened)) {
    const { condition, position } = group[0]!;
    if (standing.some((alarm) => alarm.condition === condition && alarm.position === position)) continue;
    const setting = settingOf(condition, position);
    const rememberMs = valueOf(setting, 'rememberS') * 1000;
    const recent = group.filter(({ since }) => now - since < rememberMs);
    if (recent.length >= (setting.why['timesMin']?.value ?? 1)) found.push(finding(recent));
  }
  return found;
}

function finding(group: readonly Said[]): AlarmFinding {
  const gravest = group.reduce((a, b) => (RANK[WEIGHT[b.severity]] > RANK[WEIGHT[a.severity]] ? b : a));
  const { condition: kind, position, text } = gravest;
  return {
    kind,
    position,
    since: Math.min(...group.map(({ since }) => since)),
    text: group.length === 1 ? text : `${text} (${group.length} in all)`,
    seen: { alarm: text, alarms: group.length },
    ...(AS_GRAVE_AS_TOLD.has(kind) && { severity: WEIGHT[gravest.severity] }),
  };
}

function grouped(said: readonly Said[]): Said[][] {
  return [...Map.groupBy(said, ({ condition, position }) => `${condition}/${position ?? ''}`).values()];
}

/** Do the readings of this gateway show what the alarm is about? */
function isReadAnyway(facts: GatewayFacts, { condition, position }: StandingAlarm): boolean {
  const index = position === null ? -1 : facts.positions.indexOf(position);
  const has = (cells: readonly (number | null)[] | null) => (cells?.[index] ?? null) !== null;
  switch (condition) {
    case 'registrar-lost':
      return !facts.registrarAlarm;
    case 'port-unregistered':
      return has(facts.registration);
    case 'port-out-of-service':
      return has(facts.fault) || has(facts.oper);
    case 'receiver-off-hook':
      return has(facts.call) || facts.hook?.[index] === ON_HOOK;
    default:
      return false;
  }
}
