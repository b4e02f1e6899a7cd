/**
 * Whether two machines use one agent's identity, by its presences. Each process of an agent has an epoch for its whole
 * life, and a later one is higher; so an epoch that returns after another was online belongs to a process that was
 * running all the time: there are two. A broker that lets the newer connection take over (every one except ours) shows
 * two copies as an endless alternation.
 */
export interface PresenceMemory {
  /** The epoch of the last presence `online`. */
  present: number;
  /** Epochs that were online before another was. */
  former: readonly number[];
  /** When a former epoch returned. */
  returnsMs: readonly number[];
}

/** One return could be a delayed message; two within this time cannot. */
const RETURNS_WITHIN_MS = 3_600_000;
const RETURNS_MIN = 2;
const FORMER_MAX = 8;

/** Takes a presence `online` of `epoch`. `conflict`: two live machines. Pure. */
export function notePresence(
  memory: PresenceMemory | undefined,
  epoch: number,
  nowMs: number,
): { memory: PresenceMemory; conflict: boolean } {
  if (memory === undefined) return { memory: { present: epoch, former: [], returnsMs: [] }, conflict: false };
  if (epoch === memory.present) return { memory, conflict: false };
  const isBack = memory.former.includes(epoch);
  const recent = memory.returnsMs.filter((atMs) => nowMs - atMs < RETURNS_WITHIN_MS);
  const returnsMs = isBack ? [...recent, nowMs] : recent;
  const former = [memory.present, ...memory.former.filter((one) => one !== epoch && one !== memory.present)];
  return {
    memory: { present: epoch, former: former.slice(0, FORMER_MAX), returnsMs },
    conflict: isBack && returnsMs.length >= RETURNS_MIN,
  };
}
