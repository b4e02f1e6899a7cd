/**
 * Position of a message in an agent's stream: (epoch, sequence). The epoch grows at each start of the agent, the
 * sequence never restarts, so the pair orders all messages an agent ever wrote.
 */
export type Position = readonly [epoch: number, seq: number];

/** The position before every message. */
export const STREAM_START: Position = [0, 0];

/** Negative when a is before b, 0 when equal, positive when after. */
export function comparePositions(a: Position, b: Position): number {
  return a[0] - b[0] || a[1] - b[1];
}

export type Admission = 'accept' | 'duplicate' | 'out-of-order';

/**
 * Decides what to do with a message at `position` whose predecessor in the agent's outbox is `after`, when everything
 * up to `committed` is stored. A message is accepted exactly once, and only when no message that the agent still holds
 * lies between it and `committed`.
 */
export function admit(committed: Position, position: Position, after: Position): Admission {
  if (comparePositions(position, committed) <= 0) return 'duplicate';
  if (comparePositions(after, committed) > 0) return 'out-of-order';
  return 'accept';
}
