import type { AgentFacts } from '@loopstart/domain';

/** Agents get so long to be back after a start of ours: their longest wait between two tries, and some. */
const START_MS = 90_000;
/** When so many of them are back, what is missing is missing by itself. */
const BACK_SHARE = 0.95;
/** Agents that were silent for longer before are not waited for. */
const EXPECTED_MS = 600_000;

/** A time after our own start, or an interruption of ours, in which nothing is announced. */
export interface Start {
  at: number;
  until: number;
}

export function restarted(now: number): Start {
  return { at: now, until: now + START_MS };
}

/** Whether what is silent now is silent by itself, and not because we were away. Pure. */
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
