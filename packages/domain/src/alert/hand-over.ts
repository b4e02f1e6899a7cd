import { conditionKey, portSubjectId } from './keys.ts';
import type { ConditionKind } from './kinds.ts';
import type { AlertRecord, ConditionKey } from './types.ts';

/** Conditions of a gateway itself that are about the place where it works, not about the device. */
const OF_THE_PLACE: ReadonlySet<ConditionKind> = new Set(['gateway-unreachable', 'gateway-not-readable']);

export interface HandOver {
  from: string;
  to: { gatewayId: string; agentId: string };
  /** Number of each line on the former gateway to its number on the other. */
  positions: ReadonlyMap<number, number>;
  /** Records of the gateway that takes over: they are not overwritten. */
  taken: ReadonlySet<ConditionKey>;
}

/** The key a condition had, and how it is remembered from now on. */
export interface HandedOver {
  key: ConditionKey;
  record: AlertRecord;
}

/**
 * The conditions that go on with a gateway that takes over: those of its lines, and that it does not answer. What the
 * former device reported of itself (fan, power, temperature) ends with it. Pure.
 */
export function handOver(records: readonly AlertRecord[], { from, to, positions, taken }: HandOver): HandedOver[] {
  return records.flatMap((record) => {
    const found = subjectAt(record, from, to.gatewayId, positions);
    if (found === null) return [];
    const key = conditionKey(record.kind, found.subject);
    if (taken.has(key)) return [];
    const where = { ...record.where, gatewayId: to.gatewayId, agentId: to.agentId, position: found.position };
    return [{ key: record.key, record: { ...record, key, subject: found.subject, where } }];
  });
}

function subjectAt(record: AlertRecord, from: string, to: string, positions: ReadonlyMap<number, number>) {
  const { subject, where, kind } = record;
  if (where.gatewayId !== from) return null;
  if (subject.type === 'gateway')
    return OF_THE_PLACE.has(kind) ? { subject: { ...subject, id: to }, position: null } : null;
  const position = where.position === null ? undefined : positions.get(where.position);
  if (subject.type !== 'port' || position === undefined) return null;
  return { subject: { ...subject, id: portSubjectId(to, position) }, position };
}
