import { CAUSES, causesOf } from './causes.ts';
import type { ConditionKind } from './kinds.ts';
import type { AlertRecord, ConditionKey, Topology } from './types.ts';

interface Known {
  get(key: ConditionKey): AlertRecord | undefined;
}

/** What could explain a condition, outermost first: operator, site, agent, shared causes, gateway, and the port itself. */
export function ancestorsOf({ key, kind, where, subject }: AlertRecord, topology: Topology): ConditionKey[] {
  const gateway = where.gatewayId === null ? undefined : topology.gateways.get(where.gatewayId);
  return causesOf(kind, { key, where, gateway, subject });
}

/**
 * The outermost condition that explains the record now, by way of others if need be, also while it is only suspected;
 * null: it is a root. Ends because no condition is among the ancestors of its own ancestors.
 */
export function causeOf(records: Known, topology: Topology, record: AlertRecord, now: number): ConditionKey | null {
  for (const key of ancestorsOf(record, topology)) {
    const cause = records.get(key);
    if (cause === undefined || cause.phase === null) continue;
    if (explainsUntil(cause, now) <= now) continue;
    return causeOf(records, topology, cause, now) ?? key;
  }
  return null;
}

/** Outages at the end of which gateways start again. */
const ENDS_WITH_A_START: ReadonlySet<ConditionKind> = new Set(
  CAUSES.flatMap(({ cause, endsWithAStart }) => (endsWithAStart === true ? [cause] : [])),
);
/** A gateway is noticed missing a poll and three tries after it went, and answers before that is reported. */
const MISSED_LATE_MS = 90_000;
const ANSWERED_EARLY_MS = 30_000;

/**
 * The outage, told already, within which a gateway started again: who was told of the outage need not be told of the
 * restart that is part of it. Null: there is none.
 */
export function toldOutageOf(records: Known, topology: Topology, record: AlertRecord): ConditionKey | null {
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

/** For how long a cause explains others from its beginning, where it is not as long as it lasts, ms. */
const EXPLAINS_FOR_MS: ReadonlyMap<ConditionKind, number> = new Map(
  CAUSES.flatMap(({ cause, forMs }) => (forMs === undefined ? [] : [[cause, forMs] as const])),
);

/** Until when a condition explains others as long as it lasts, ms. */
export function explainsUntil({ kind, badSince }: AlertRecord, now: number): number {
  const forMs = EXPLAINS_FOR_MS.get(kind);
  return forMs === undefined ? Number.POSITIVE_INFINITY : (badSince ?? now) + forMs;
}
