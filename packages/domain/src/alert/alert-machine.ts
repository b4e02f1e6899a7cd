import { isFlapping, isQuiet, quietAt, recentChanges, remember, SLOT_MS } from './flap.ts';
import { isOfOneCustomer, isSamePlace } from './keys.ts';
import type { ConditionKind } from './kinds.ts';
import type { AlertRecord, Hold, Observation } from './types.ts';

/**
 * The life of one condition: bad for long enough opens it, good for long enough resolves it, and what nobody can tell
 * changes nothing. Pure; times are ms.
 */

/** Grace period after the end of a cause or of maintenance, in which a condition may clear without a notification: two polls of 30 s and a margin. */
export const PROVING_MS = 75_000;
/** A condition that is bad for this long is announced, however restless it was. */
const RESTLESS_HOLD_MS_MAX = 300_000;
const RESTLESS_STEP_MS = 60_000;
/** A condition that flaps for this long without an announcement is announced once, as flapping. */
const FLAPPING_TOLD_AFTER_MS = 20 * 60_000;
/** A flapping condition is resolved after it has been good for this long without interruption. */
const STEADY_MS = 300_000;

/**
 * Settle window: how long an open condition waits for its cause before it is announced, about as long as its possible
 * ancestors take to show. A trap of one port is announced within seconds; a lost registration waits for the neighbours' next
 * poll.
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
/** Other customers may lose the same SIP server within their next poll. */
const SETTLE_MS_ONE_CUSTOMER = 35_000;

function settleMs({ kind, subject }: AlertRecord): number {
  if (kind === 'registrar-lost-together' && isOfOneCustomer(subject.id)) return SETTLE_MS_ONE_CUSTOMER;
  return SETTLE_MS[kind] ?? SETTLE_MS_DEFAULT;
}

/** Beginnings that are further apart are two. */
const ANOTHER_MS = 60_000;

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
    // It was good until now.
    history: { bits: 0, length: 1, at },
  };
}

/** Applies the verdict of a rule. One older than the record changes nothing. */
export function observe(record: AlertRecord | undefined, observation: Observation): AlertRecord | undefined {
  if (record === undefined) return observation.verdict === 'bad' ? begin(observation) : undefined;
  if (observation.at < record.observedAt) return record;
  if (record.phase === null && observation.verdict !== 'bad') return record;
  const seen = { ...record, verdict: observation.verdict, observedAt: observation.at };
  if (observation.verdict === 'unknown') return seen;
  if (observation.verdict === 'good') {
    if (record.phase === 'pending') return { ...seen, phase: null, badSince: null };
    if (record.phase === 'open') return turned({ ...seen, phase: 'recovering', goodSince: observation.at });
    return seen;
  }
  const { severity, raiseAfterMs, clearAfterMs } = observation;
  const where = isSamePlace(record.where, observation.where) ? record.where : observation.where;
  const evidence = sameWords(record, observation) ? record.evidence : observation.evidence;
  const told = { ...seen, severity, evidence, where, raiseAfterMs, clearAfterMs };
  if (record.phase === null) return { ...told, phase: 'pending', badSince: observation.since };
  if (record.phase === 'recovering') return turned({ ...told, phase: 'open', goodSince: null });
  // A new beginning is no trace of an announced outage.
  if (record.hold?.reason === 'told' && observation.since > (record.badSince ?? 0) + ANOTHER_MS)
    return { ...told, evidence: observation.evidence, badSince: observation.since, hold: null };
  return told;
}

/** A flapping condition is not closed each time it is good; its transitions are kept here. */
function turned(record: AlertRecord): AlertRecord {
  if (!record.announced || !record.flapping) return record;
  return { ...record, history: remember(record.history, record.phase === 'open', true, record.observedAt) };
}

/** The record with its new history, and whether it flaps by that, and since when. */
function remembered(record: AlertRecord, history: AlertRecord['history'], now: number, over = false): AlertRecord {
  // While it is to be seen whether it is over for good, it is not called steady.
  const undecided = !over && record.flapping && record.announced && record.phase === 'recovering';
  const flapping = undecided || isFlapping(history, record.flapping);
  return { ...record, history, flapping, flappingSince: flapping ? (record.flappingSince ?? now) : null };
}

/** How long the condition must be good to be over. */
function clearMs(record: AlertRecord): number {
  return record.announced && record.flapping ? Math.max(record.clearAfterMs, STEADY_MS) : record.clearAfterMs;
}

/**
 * The record as seen by a clock that was set back: nothing in it is later than `now` (ms), so that observations from
 * now on is not taken for late.
 */
export function notLaterThan(record: AlertRecord, now: number): AlertRecord {
  if (record.observedAt <= now && record.history.at <= now && (record.openedAt ?? now) <= now) return record;
  const cut = (at: number | null) => (at === null ? null : Math.min(at, now));
  return {
    ...record,
    observedAt: Math.min(record.observedAt, now),
    badSince: cut(record.badSince),
    goodSince: cut(record.goodSince),
    openedAt: cut(record.openedAt),
    flappingSince: cut(record.flappingSince ?? null),
    hold:
      record.hold?.reason === 'proving'
        ? { reason: 'proving', until: Math.min(record.hold.until, now + PROVING_MS) }
        : record.hold,
    history: { ...record.history, at: Math.min(record.history.at, now) },
  };
}

/** An open condition keeps the evidence it was opened with while only figures move. */
function sameWords(record: AlertRecord, { evidence }: Observation): boolean {
  if (record.phase === null) return false;
  const words = (text: string) => text.replaceAll(/\d+/g, '#');
  return record.evidence.text === evidence.text || words(record.evidence.text) === words(evidence.text);
}

/** The effect of time alone on a condition. `opened` and `resolved` name the transition. */
export function advance(
  record: AlertRecord,
  now: number,
): { record: AlertRecord; crossed: 'opened' | 'resolved' | null } {
  if (record.phase === 'pending' && record.verdict === 'bad' && now - (record.badSince ?? now) >= record.raiseAfterMs) {
    const incarnation = Math.max(record.incarnation + 1, Math.floor(now / 1000));
    const opened: AlertRecord = { ...record, phase: 'open', openedAt: now, incarnation };
    return { crossed: 'opened', record: remembered(opened, remember(record.history, true, true, now), now) };
  }
  if (
    record.phase === 'recovering' &&
    record.verdict === 'good' &&
    now - (record.goodSince ?? now) >= clearMs(record)
  ) {
    const history = remember(record.history, false, true, now);
    return { crossed: 'resolved', record: remembered(record, history, now, true) };
  }
  // Minutes in which nothing changed are filled in when they are asked for; only what flaps may thereby end to do so.
  if (!record.flapping) return { record, crossed: null };
  const history = remember(record.history, record.phase === 'open' || record.phase === 'recovering', false, now);
  if (history === record.history) return { record, crossed: null };
  return { record: remembered(record, history, now), crossed: null };
}

/** Whether a record is still needed: after its end, only to see whether it flaps. */
export function isRemembered({ phase, history }: AlertRecord, now: number): boolean {
  return phase !== null || (history.length > 0 && !isQuiet(remember(history, false, false, now)));
}

/** When time alone changes the record of a condition, apart from `nextMoment`, ms. */
export function stirsAt({ phase, announced, flapping, hold, history }: AlertRecord, now: number): number {
  if (phase === null) return quietAt(history);
  const holdEnds = hold !== null && !announced && 'until' in hold ? hold.until : Number.POSITIVE_INFINITY;
  // The calmer it becomes, the sooner it is announced.
  const calms = flapping || hold?.reason === 'settling';
  const slots = Math.max(0, Math.floor((now - history.at) / SLOT_MS)) + 1;
  return Math.min(holdEnds, calms ? history.at + slots * SLOT_MS : Number.POSITIVE_INFINITY);
}

/** The record after its end was announced. */
export function closed(record: AlertRecord, now: number): AlertRecord {
  // It may have ended while it was bad: where the kind is not watched any more.
  const history = (record.history.bits & 1) === 1 ? remember(record.history, false, true, now) : record.history;
  return {
    ...record,
    phase: null,
    announced: false,
    hold: null,
    badSince: null,
    goodSince: null,
    openedAt: null,
    told: record.announced ? { from: record.badSince ?? now, to: record.goodSince ?? now } : (record.told ?? null),
    history,
  };
}

/**
 * When an open condition may be announced: later the more restless it was in the last minutes, but not for ever. What was
 * not announced does not count: a blip does not delay the page for the outage that follows it.
 */
export function settledAt(record: AlertRecord, openedAt: number, now: number): number {
  const changes = recentChanges(remember(record.history, true, false, now));
  const settled = openedAt + settleMs(record);
  if (record.told === undefined || record.told === null) return settled;
  const restless =
    changes < 2 && !record.flapping ? 0 : Math.max(changes - 1, record.flapping ? 5 : 0) * RESTLESS_STEP_MS;
  const calm = Math.max(settled, openedAt + Math.min(RESTLESS_HOLD_MS_MAX, restless));
  const { flappingSince } = record;
  if (flappingSince === null || flappingSince === undefined) return calm;
  return Math.min(calm, Math.max(settled, flappingSince + FLAPPING_TOLD_AFTER_MS));
}

/** Why an open condition is not announced yet; null: nothing holds it. */
export function holdOf(
  record: AlertRecord,
  context: {
    now: number;
    dispatchFrom: number;
    cause: string | null;
    /** The announced outage of which it is a trace. */
    told: string | null;
    maintenance: { windowId: string; until: number } | null;
  },
): Hold | null {
  const { now, dispatchFrom, cause, told, maintenance } = context;
  const before = record.hold;
  if (cause !== null)
    return before?.reason === 'suppressed' && before.by === cause ? before : { reason: 'suppressed', by: cause };
  if (maintenance !== null) {
    const { windowId, until } = maintenance;
    const same = before?.reason === 'maintenance' && before.windowId === windowId && before.until === until;
    return same ? before : { reason: 'maintenance', windowId, until };
  }
  if (before?.reason === 'told') return before;
  if (told !== null) return { reason: 'told', by: told };
  if (before?.reason === 'suppressed' || before?.reason === 'maintenance')
    return { reason: 'proving', until: now + PROVING_MS };
  if (before?.reason === 'proving' && now < before.until) return before;
  if (now < dispatchFrom) {
    const same = before?.reason === 'starting' && before.until === dispatchFrom;
    return same ? before : { reason: 'starting', until: dispatchFrom };
  }
  const until = settledAt(record, record.openedAt ?? now, now);
  if (now < until)
    return before?.reason === 'settling' && before.until === until ? before : { reason: 'settling', until };
  return null;
}

/** When time alone will change something about the record; null: never. */
export function nextMoment(record: AlertRecord): number | null {
  if (record.phase === 'pending') return record.verdict === 'bad' ? (record.badSince ?? 0) + record.raiseAfterMs : null;
  if (record.phase === 'recovering')
    return record.verdict === 'good' ? (record.goodSince ?? 0) + clearMs(record) : null;
  if (record.phase === 'open' && !record.announced && record.hold !== null && 'until' in record.hold)
    return record.hold.until;
  return null;
}
