import { readFileSync } from 'node:fs';

/** How many connections the broker of this process takes, and how they may be shared among peers it does not know yet. */
export interface ConnectionLimits {
  /** Agents and strangers together. */
  connections: number;
  /** Peers that have not been let in yet: each costs a descriptor, and memory once it speaks. */
  strangers: number;
  /** Strangers of one address that are served at once; more of the same address wait for their turn. */
  servedPerAddress: number;
  /** From accepting a peer to letting it in, however much it says meanwhile. */
  strangerMs: number;
}

const CONNECTIONS_MAX = 30_000;
const STRANGERS_MAX = 4_000;
/**
 * A site's agents, or all of an operator's, may come from one address (NAT). A handshake takes a few round trips, so
 * this many under way keep the processor busy; more would only share it.
 */
const SERVED_PER_ADDRESS_MAX = 256;
/** Longer than an agent waits for its welcome (10 s), so that the agent gives up first and says why in its log. */
const STRANGER_MS = 15_000;
/** Kept free for the database, the HTTP API, files and what is dialled out; a quarter where there is much. */
const RESERVED_MIN = 128;
const RESERVED_MAX = 4_096;
/** POSIX's own least value for OPEN_MAX is lower, but no system that Node runs on starts with less. */
const DESCRIPTORS_UNKNOWN = 256;

/** The limits where the process may open so many descriptors. Pure. */
export function connectionLimits(descriptors: number): ConnectionLimits {
  const reserved = Math.min(RESERVED_MAX, Math.max(RESERVED_MIN, Math.ceil(descriptors / 4)));
  const connections = Math.max(1, Math.min(CONNECTIONS_MAX, descriptors - reserved));
  const strangers = Math.max(1, Math.min(STRANGERS_MAX, Math.floor(connections / 2)));
  return {
    connections,
    strangers,
    servedPerAddress: Math.max(1, Math.min(SERVED_PER_ADDRESS_MAX, Math.ceil(strangers / 4))),
    strangerMs: STRANGER_MS,
  };
}

/** How many descriptors this process may open (`ulimit -n`, the soft limit); a careful guess where that cannot be read. */
export function descriptorLimit(): number {
  try {
    return parseDescriptorLimit(readFileSync('/proc/self/limits', 'utf8')) ?? DESCRIPTORS_UNKNOWN;
  } catch {
    return DESCRIPTORS_UNKNOWN;
  }
}

/** The soft limit in the text of `/proc/<pid>/limits` (proc(5)); null where it is not there. */
export function parseDescriptorLimit(text: string): number | null {
  const soft = /^Max open files\s+(\S+)/m.exec(text)?.[1];
  if (soft === 'unlimited') return Number.MAX_SAFE_INTEGER;
  const limit = Number(soft);
  return Number.isSafeInteger(limit) && limit > 0 ? limit : null;
}
