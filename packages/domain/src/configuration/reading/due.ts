/** Why a running configuration is read. `config-changed`: the gateway notified that somebody changed it. */
export const READ_CAUSES = ['daily', 'config-changed', 'asked'] as const;
export type ReadCause = (typeof READ_CAUSES)[number];

const DAY_MS = 86_400_000;
/** Somebody who changes a gateway mostly does more than one thing: the reading waits for so long after the last event. */
const SETTLE_MS = 120_000;
/** A gateway that notifies without end is read no more often than this for its notifications. */
const EVENT_PACE_MS = 3_600_000;
/** Most readings of one operator, and of one agent, that are under way at once. */
export const READS_AT_ONCE = { operator: 50, agent: 2 } as const;
/** An agent that has not answered for so long does not hold up the readings of others. */
const SILENT_MS = 600_000;

/** A gateway whose configuration is managed, as far as its reading depends on it. Times in ms since the epoch. */
export interface ReadableGateway {
  readonly gatewayId: string;
  readonly agentId: string;
  /** When its configuration was read last, by whatever job; null: never. */
  readonly lastReadAt: number | null;
  /** When a reading was issued last, whatever came of it; null: never. */
  readonly lastIssuedAt: number | null;
  /** When it last notified that it was changed; null: not lately, or it never notifies. */
  readonly changedAt: number | null;
  /** A job of it has not ended. */
  readonly hasOpenJob: boolean;
}

/** A reading that has not ended. */
export interface OpenRead {
  readonly agentId: string;
  readonly state: string;
  readonly releasedAt: number;
  readonly reportedAt: number | null;
}

export interface DueRead {
  readonly gatewayId: string;
  readonly cause: Exclude<ReadCause, 'asked'>;
  /** What it answers, so that the same is never issued twice. */
  readonly readFor: number;
}

/** Begin of the daily slot of a gateway that `now` is in: its time of day follows from its id, so that a fleet is spread. */
export function readSlot(gatewayId: string, now: number): number {
  const share = Number.parseInt(gatewayId.replaceAll('-', '').slice(0, 8), 16) / 2 ** 32;
  const offset = Math.floor(share * DAY_MS);
  return Math.floor((now - offset) / DAY_MS) * DAY_MS + offset;
}

/**
 * The readings that are due now, as many as may begin: after a notified change first, then those that wait longest. Never
 * one of a gateway with a job. A gateway that was read since its slot began, for whatever reason, was read today.
 */
export function dueReads(gateways: readonly ReadableGateway[], open: readonly OpenRead[], now: number): DueRead[] {
  const underWay = open.filter((read) => isUnderWay(read, now));
  const ofAgent = new Map<string, number>();
  const count = (agentId: string) => ofAgent.get(agentId) ?? 0;
  for (const { agentId } of underWay) ofAgent.set(agentId, count(agentId) + 1);
  const due = gateways.flatMap((gateway) => {
    const read = dueOf(gateway, now);
    return read === null ? [] : [{ read, agentId: gateway.agentId }];
  });
  const found: DueRead[] = [];
  for (const { read, agentId } of due.toSorted((a, b) => order(a.read, b.read))) {
    if (underWay.length + found.length >= READS_AT_ONCE.operator) break;
    if (count(agentId) >= READS_AT_ONCE.agent) continue;
    ofAgent.set(agentId, count(agentId) + 1);
    found.push(read);
  }
  return found;
}

/** A reading that waits for its gateway, or for an agent that is silent, takes nobody's place. */
function isUnderWay({ state, releasedAt, reportedAt }: OpenRead, now: number): boolean {
  return state === 'waiting' ? reportedAt === null && now - releasedAt < SILENT_MS : true;
}

function dueOf(gateway: ReadableGateway, now: number): DueRead | null {
  const { gatewayId, hasOpenJob, lastReadAt, lastIssuedAt, changedAt } = gateway;
  if (hasOpenJob) return null;
  const last = Math.max(lastReadAt ?? -Infinity, lastIssuedAt ?? -Infinity);
  const isSettled = changedAt !== null && now - changedAt >= SETTLE_MS;
  // Reading itself is notified by some gateways, shortly after it.
  const isNews = changedAt !== null && changedAt > last + SETTLE_MS;
  if (isSettled && isNews && now - (lastIssuedAt ?? -Infinity) >= EVENT_PACE_MS)
    return { gatewayId, cause: 'config-changed', readFor: changedAt };
  const slot = readSlot(gatewayId, now);
  return last < slot ? { gatewayId, cause: 'daily', readFor: slot } : null;
}

function order(a: DueRead, b: DueRead): number {
  if (a.cause !== b.cause) return a.cause === 'config-changed' ? -1 : 1;
  return a.readFor - b.readFor || (a.gatewayId < b.gatewayId ? -1 : 1);
}
