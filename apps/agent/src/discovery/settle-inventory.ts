import type { GatewayInfo, Inventory, PortInfo, PortListState } from '@loopstart/contracts';

/**
 * A gateway that starts answers earlier than its lines, and a busy one omits objects. So what is known and missing now
 * is kept until complete readings have lacked it for a while. Pure; times are monotonic ms.
 */

/** Something missing is gone when this many complete readings in a row lacked it, over this time. */
const READINGS_MIN = 3;
const LASTING_MS = 600_000;
/** After a reading that lacked something the gateway is read again: soon at first. */
const AGAIN_MS: readonly number[] = [15_000, 15_000, 30_000, 60_000, 120_000, 300_000];
const AGAIN_UNCONFIRMED_MS = 300_000;
/** Interval between inventory readings of a gateway. */
const AGAIN_STEADY_MS = 600_000;

/** A property found in consecutive complete readings. */
interface Streak {
  signature: string;
  sinceMs: number;
  readings: number;
}

/** What the readings of a gateway had in common so far. */
export interface Settling {
  /** Which ports exist. */
  ports: Streak | null;
  /** Which texts exist: of the gateway and of each port. */
  texts: Streak | null;
  /** Consecutive readings that lacked something. */
  lacking: number;
}
export const UNSETTLED: Settling = { ports: null, texts: null, lacking: 0 };

type Found = Pick<Inventory, 'gateway' | 'ports'>;
/** The known data of the gateway, by this run of the agent or the one before. */
export type Former = Pick<Inventory, 'gateway' | 'ports' | 'portList'>;

export interface Settled extends Found {
  portList: PortListState;
  settling: Settling;
  /** When to read the inventory again. */
  againInMs: number;
}

export function settleInventory(
  former: Former | null,
  fresh: Found,
  read: { complete: boolean; portsComplete: boolean },
  before: Settling,
  nowMs: number,
): Settled {
  const ports = read.portsComplete ? see(before.ports, portsSignature(fresh), nowMs) : before.ports;
  const texts = read.complete ? see(before.texts, textsSignature(fresh), nowMs) : before.texts;
  const portsSteady = read.portsComplete && isSteady(ports, nowMs);
  const textsSteady = read.complete && isSteady(texts, nowMs);
  const settled = former === null ? fresh : keep(former, fresh, { ...read, portsSteady, textsSteady });
  const lacks = !read.complete || settled.ports.length > fresh.ports.length;
  const lacking = lacks ? before.lacking + 1 : 0;
  const confirmed =
    portsSteady || (former?.portList === 'confirmed' && portsSignature(former) === portsSignature(settled));
  const portList =
    !read.portsComplete || settled.ports.length > fresh.ports.length
      ? 'incomplete'
      : confirmed
        ? 'confirmed'
        : 'unconfirmed';
  const againInMs = lacks
    ? (AGAIN_MS[lacking - 1] ?? AGAIN_STEADY_MS)
    : confirmed
      ? AGAIN_STEADY_MS
      : AGAIN_UNCONFIRMED_MS;
  return { ...settled, portList, settling: { ports, texts, lacking }, againInMs };
}

function see(before: Streak | null, signature: string, nowMs: number): Streak {
  if (before?.signature !== signature) return { signature, sinceMs: nowMs, readings: 1 };
  return { ...before, readings: before.readings + 1 };
}

function isSteady(streak: Streak | null, nowMs: number): boolean {
  return streak !== null && streak.readings >= READINGS_MIN && nowMs - streak.sinceMs >= LASTING_MS;
}

function keep(
  former: Found,
  fresh: Found,
  read: { complete: boolean; portsComplete: boolean; portsSteady: boolean; textsSteady: boolean },
): Found {
  const present = new Set(fresh.ports.map(({ position }) => position));
  const lacksPorts = former.ports.some(({ position }) => !present.has(position));
  const gateway = read.textsSteady
    ? fresh.gateway
    : keepGateway(former.gateway, fresh.gateway, read.complete && !lacksPorts);
  // The list read may be a part of it, or another table that replaces it for now.
  if (!read.portsComplete && former.ports.length > 0) return { gateway, ports: former.ports };
  const known = new Map(former.ports.map((port) => [port.position, port]));
  const ports = fresh.ports.map((port) => {
    const before = known.get(port.position);
    known.delete(port.position);
    return before === undefined || read.textsSteady ? port : fillNulls(before, port);
  });
  if (read.portsSteady) return { gateway, ports };
  return { gateway, ports: [...ports, ...known.values()].sort((a, b) => a.position - b.position) };
}

/**
 * The model is made of several texts and of the ports: where any of them is missing, it may be wrong. No model
 * is not another model.
 */
function keepGateway(former: GatewayInfo, fresh: GatewayInfo, whole: boolean): GatewayInfo {
  const lacksTexts = Object.entries(former).some(
    ([field, text]) => field !== 'modelReason' && text !== null && (fresh[field as keyof GatewayInfo] ?? null) === null,
  );
  // A model, and the reason why there is none, come from the same reading.
  const { model, modelReason = null } = whole && !lacksTexts ? fresh : former;
  return { ...fillNulls(former, fresh), model, modelReason };
}

/** `now`, with the values of `before` where it has none. */
function fillNulls<T extends object>(before: T, now: T): T {
  const filled = Object.entries(now).map(([field, value]) => [
    field,
    (value as unknown) ?? before[field as keyof T] ?? null,
  ]);
  return Object.fromEntries(filled) as T;
}

function portsSignature({ ports }: Found): string {
  return ports.map(({ position, kind }) => `${position}${kind}`).join(' ');
}

function textsSignature({ gateway, ports }: Found): string {
  return [gateway, ...ports].map(textsOf).join(' ');
}

function textsOf(texts: GatewayInfo | PortInfo): string {
  return Object.values(texts)
    .map((value: unknown) => (value === null || value === undefined ? '0' : '1'))
    .join('');
}
