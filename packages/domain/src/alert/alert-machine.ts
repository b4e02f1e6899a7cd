import { isFlapping, isQuiet, recentChanges, remember } from './flap.ts';
import type { ConditionKind } from './kinds.ts';
import type { AlertRecord, Hold, Observation } from './types.ts';

/**
 * The life of one condition: bad for long enough opens it, good for long enough resolves it, and what nobody can tell
 * changes nothing. Pure; times are ms.
 */

/** After its cause is over, or its maintenance, a condition has so long to become good unheard: two polls of 30 s and some. */
export const PROVING_MS = 75_000;
/** However restless, what is bad for so long is told. */
const RESTLESS_HOLD_MS_MAX = 300_000;
const RESTLESS_STEP_MS = 60_000;

/**
 * How long an open condition waits for its cause to show before it is told: about what its possible ancestors need to
 * be noticed. A trap of one port is told within seconds; a lost registration waits for the neighbours' next poll.
 */
const SETTLE_MS: Readonly<Partial<Record<ConditionKind, number>>> = {
  'agent-silent': 10_000,
  'gateway-unreachable': 10_000,
  'gateway-rebooted': 45_000,
  'power-lost': 15_000,
  'registrar-lost': 40_000,
  'agents-lost-together': 0,
  'monitoring-interrupted': 0,
  'site-wan-down': 0,
};
const SETTLE_MS_DEFAULT = 1_500;

/** A condition that was never seen before, found bad. */
function begin(observation: Observation): AlertRecord {
  const { key, kind, subject, where, severity, evidence, at, since, raiseAfterMs, clearAfterMs } = observation;
  return {
    key,
    kind,
    subject,
    where,
    severity,
    evidence,
    phase: 'pending',
    raiseAfterMs,
    clearAfterMs,
    incarnation: 0,
    badSince: since,
    goodSince: null,
    openedAt: null,
    verdict: 'bad',
    observedAt: at,
    hold: null,
    announced: false,
    flapping: false,
    history: { bits: 0, length: 0, at: since },
  };
}

/** Takes what a rule says. What is older than what is known changes nothing. */
export function observe(record: AlertRecord | undefined, observation: Observation): AlertRecord | undefined {
  if (record === undefined) return observation.verdict === 'bad' ? begin(observation) : undefined;
  if (observation.at < record.observedAt) return record;
  if (record.phase === null && observation.verdict !== 'bad') return record;
  const seen = { ...record, verdict: observation.verdict, observedAt: observation.at };
  if (observation.verdict === 'unknown') return seen;
  if (observation.verdict === 'good') {
    if (record.phase === 'pending') return { ...seen, phase: null, badSince: null };
    if (record.phase === 'open') return { ...seen, phase: 'recovering', goodSince: observation.at };
    return seen;
  }
  const { severity, where, raiseAfterMs, clearAfterMs } = observation;
  const evidence = sameWords(record, observation) ? record.evidence : observation.evidence;
  const told = { ...seen, severity, evidence, where, raiseAfterMs, clearAfterMs };
  if (record.phase === null) return { ...told, phase: 'pending', badSince: observation.since };
  if (record.phase === 'recovering') return { ...told, phase: 'open', goodSince: null };
  return told;
}

/** An open condition keeps the evidence it was opened with while only figures move. */
function sameWords(record: AlertRecord, { evidence }: Observation): boolean {
  const words = (text: string) => text.replaceAll(/\d+/g, '#');
  return record.phase !== null && words(record.evidence.text) === words(evidence.text);
}

/** What time alone does to a condition. `opened` and `resolved` tell which border it crossed. */
export function advance(
  record: AlertRecord,
  now: number,
): { record: AlertRecord; crossed: 'opened' | 'resolved' | null } {
  if (record.phase === 'pending' && record.verdict === 'bad' && now - (record.badSince ?? now) >= record.raiseAfterMs) {
    const history = remember(record.history, true, true, now);
    return {
      crossed: 'opened',
      record: {
        ...record,
        phase: 'open',
        openedAt: now,
        incarnation: Math.floor(now / 1000),
        history,
        flapping: isFlapping(history, record.flapping),
      },
    };
  }
  if (
    record.phase === 'recovering' &&
    record.verdict === 'good' &&
    now - (record.goodSince ?? now) >= record.clearAfterMs
  ) {
    const history = remember(record.history, false, true, now);
    return { crossed: 'resolved', record: { ...record, history, flapping: isFlapping(history, record.flapping) } };
  }
  const history = remember(record.history, record.phase === 'open' || record.phase === 'recovering', false, now);
  if (history === record.history) return { record, crossed: null };
  return { record: { ...record, history, flapping: isFlapping(history, record.flapping) }, crossed: null };
}

/** A condition after its end: only what is needed to see whether it flaps; undefined when there is nothing to remember. */
export function forget(record: AlertRecord): AlertRecord | undefined {
  if (record.phase !== null) return record;
  if (record.history.length === 0 || isQuiet(record.history)) return undefined;
  return record;
}

/** The record once its end was told. */
export function closed(record: AlertRecord): AlertRecord {
  return { ...record, phase: null, announced: false, hold: null, badSince: null, goodSince: null, openedAt: null };
}

/** How long an open condition waits before it is told: longer the more restless it was in the last minutes. */
export function settleMs(record: AlertRecord): number {
  const changes = recentChanges(record.history);
  const restless =
    changes < 2 && !record.flapping ? 0 : Math.max(changes - 1, record.flapping ? 5 : 0) * RESTLESS_STEP_MS;
  return Math.max(SETTLE_MS[record.kind] ?? SETTLE_MS_DEFAULT, Math.min(RESTLESS_HOLD_MS_MAX, restless));
}

/** Why an open condition that was not told yet is not told now; null: nothing holds it. */
export function holdOf(
  record: AlertRecord,
  context: {
    now: number;
    dispatchFrom: number;
    cause: string | null;
    maintenance: { windowId: string; until: number } | null;
  },
): Hold | null {
  const { now, dispatchFrom, cause, maintenance } = context;
  const before = record.hold;
  if (cause !== null)
    return before?.reason === 'suppressed' && before.by === cause ? before : { reason: 'suppressed', by: cause };
  if (maintenance !== null) {
    const { windowId, until } = maintenance;
    const same = before?.reason === 'maintenance' && before.windowId === windowId && before.until === until;
    return same ? before : { reason: 'maintenance', windowId, until };
  }
  if (before?.reason === 'suppressed' || before?.reason === 'maintenance')
    return { reason: 'proving', until: now + PROVING_MS };
  if (before?.reason === 'proving' && now < before.until) return before;
  if (now < dispatchFrom) return before?.reason === 'starting' ? before : { reason: 'starting', until: dispatchFrom };
  const until = (record.openedAt ?? now) + settleMs(record);
  if (now < until)
    return before?.reason === 'settling' && before.until === until ? before : { reason: 'settling', until };
  return null;
}

/** When time alone will change something about the record; null: never. */
export function nextMoment(record: AlertRecord): number | null {
  if (record.phase === 'pending') return record.verdict === 'bad' ? (record.badSince ?? 0) + record.raiseAfterMs : null;
  if (record.phase === 'recovering')
    return record.verdict === 'good' ? (record.goodSince ?? 0) + record.clearAfterMs : null;
  if (record.phase === 'open' && !record.announced && record.hold !== null && 'until' in record.hold)
    return record.hold.until;
  return null;
}
