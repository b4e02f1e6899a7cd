import type { AgentFacts } from '@loopstart/domain';
import { AGENT_LEASE_S } from '../../core/fleet/effective-gateway.ts';

/** This many agents of the installation, and this share, are never lost at once by independent faults. */
const LOST_MIN = 5;
const LOST_SHARE = 0.3;
const LEASE_MS = AGENT_LEASE_S * 1000;
/** Lost lately: the lease expired or the last will came within about a minute. */
const LATELY_MS = LEASE_MS + 60_000;
const KNOWN_MS = 600_000;

/**
 * Whether so many agents of all operators are lost that the path to our platform is the likely cause: a broker or our own
 * line. The two agents of a small operator alone would not show that. Pure.
 */
export function platformSuspect(agents: Iterable<AgentFacts>, now: number): boolean {
  let known = 0;
  let lost = 0;
  for (const { lastSeenAt, stoppedAt, online } of agents) {
    if (lastSeenAt === null || stoppedAt !== null || lastSeenAt < now - KNOWN_MS) continue;
    known += 1;
    const away = !online || now - lastSeenAt > LEASE_MS;
    if (away && lastSeenAt >= now - LATELY_MS) lost += 1;
  }
  return lost >= LOST_MIN && lost >= known * LOST_SHARE;
}
