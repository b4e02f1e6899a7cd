import type { AgentFacts } from '@loopstart/domain';

/** Grace period for agents after our own start: their longest reconnect delay and a margin. */
const START_MS = 90_000;
/** Once this share is back, the rest is missing for reasons of its own. */
const BACK_SHARE = 0.95;
/** Agents that were silent for longer before do not count. */
const EXPECTED_MS = 600_000;

/** The grace period after our own start or interruption, in which nothing is announced. */
export interface Start {
  at: number;
  until: number;
}

export function restarted(now: number): Start {
  return { at: now, until: now + START_MS };
}

/** Whether silent agents are silent for reasons of their own, and not because we were away. Pure. */
export function startIsOver(start: Start, agents: Iterable<AgentFacts>, now: number): boolean {
  if (now >= start.until) return true;
  let expected = 0;
  let back = 0;
  for (const { lastSeenAt, stoppedAt, online } of agents) {
    if (lastSeenAt === null || stoppedAt !== null || lastSeenAt <= start.at - EXPECTED_MS) continue;
    expected += 1;
    if (online && lastSeenAt >= start.at) back += 1;
  }
  return back >= expected * BACK_SHARE;
}
