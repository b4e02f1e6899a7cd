import type { Action } from '@loopstart/contracts';
import { type ActionState, type ActionType, REFUSALS } from '@loopstart/domain';

export const ACTION_WORDS: Record<ActionType, string> = {
  identify: 'Identify',
  'poll-now': 'Read now',
  'lock-port': 'Lock port',
  'unlock-port': 'Unlock port',
  'reset-port': 'Reset port',
  'line-test': 'Test line',
  reboot: 'Reboot',
};

/** What an action does, told before it is done. */
export const ACTION_HINTS: Record<ActionType, string> = {
  identify: 'Makes the gateway recognisable to somebody in the room.',
  'poll-now': 'Reads the gateway at once instead of at its next turn.',
  'lock-port': 'Takes the port out of service until it is unlocked.',
  'unlock-port': 'Puts the port back into service.',
  'reset-port': 'Restarts this one port; the line is away for a few seconds.',
  'line-test': 'Measures the line electrically; the port cannot be used meanwhile.',
  reboot: 'Restarts the whole gateway; all its lines are away for some minutes.',
};

export const ACTION_STATE_WORDS: Record<ActionState, string> = {
  queued: 'Waiting for the agent',
  sent: 'Sent to the agent',
  running: 'Running',
  succeeded: 'Done',
  failed: 'Failed',
  refused: 'Refused',
  expired: 'Expired',
  cancelled: 'Cancelled',
};

const FINAL: ReadonlySet<ActionState> = new Set(['succeeded', 'failed', 'refused', 'expired', 'cancelled']);

/** Whether an action moves no further. */
export function isFinal(state: ActionState): boolean {
  return FINAL.has(state);
}

/** Who overrode what, before the reason that was given. */
export function overrideWords({ requestedBy, overrode }: Pick<Action, 'requestedBy' | 'overrode'>): string {
  const what = overrode === null ? '' : ` ${REFUSALS[overrode].text}`;
  return `Override by ${requestedBy}.${what} Reason given:`;
}
