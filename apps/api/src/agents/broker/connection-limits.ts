import { readFileSync } from 'node:fs';

/** Maximum number of connections of this process's broker, and how unadmitted peers share them. */
export interface ConnectionLimits {
  /** Agents and unadmitted peers together. */
  connections: number;
  /** Peers that are not admitted yet: each costs a descriptor, and memory once it sends. */
  unadmitted: number;
  /** Unadmitted peers of one address that are served at once; more of the same address wait for their turn. */
  servedPerAddress: number;
  /** Time from accepting a peer to admitting it, however much it sends meanwhile. */
  admissionMs: number;
}

const CONNECTIONS_MAX = 30_000;
const UNADMITTED_MAX = 4_000;
/**
 * All agents of a site, or of an operator, may come from one address (NAT). A handshake takes a few round trips, so
 * this many at once keep the processor busy; more would only share it.
 */
const SERVED_PER_ADDRESS_MAX = 256;
/** Longer than an agent waits for its CONNACK (10 s), so that the agent gives up first and logs the reason. */
const ADMISSION_MS = 15_000;
/** Kept free for the database, the HTTP API, files and outgoing connections; a quarter where there are many. */
const RESERVED_MIN = 128;
const RESERVED_MAX = 4_096;
/** POSIX's own minimum for OPEN_MAX is lower, but no system that Node runs on starts with less. */
const DESCRIPTORS_UNKNOWN = 256;

/** The limits for a process with this many descriptors. Pure. */
export function connectionLimits(descriptors: number): ConnectionLimits {
  const reserved = Math.min(RESERVED_MAX, Math.max(RESERVED_MIN, Math.ceil(descriptors / 4)));
  const connections = Math.max(1, Math.min(CONNECTIONS_MAX, descriptors - reserved));
  const unadmitted = Math.max(1, Math.min(UNADMITTED_MAX, Math.floor(connections / 2)));
  return {
    connections,
    unadmitted,
    servedPerAddress: Math.max(1, Math.min(SERVED_PER_ADDRESS_MAX, Math.ceil(unadmitted / 4))),
    admissionMs: ADMISSION_MS,
  };
}

/**
 * How many descriptors this process may open (`ulimit -n`, the soft limit); a conservative guess where that cannot be
 * read.
 */
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
