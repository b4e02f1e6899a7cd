import type { ActionState, ActionType, DisturbRefusal } from '@loopstart/domain';

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
  identify: 'Blinks the lights of the gateway so that somebody in the room can find it.',
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

/** Why something may not be done now. */
export const REFUSAL_WORDS: Record<DisturbRefusal | 'unsupported' | 'agent-silent' | 'role', string> = {
  'emergency-hold': 'An emergency call is, or was just, on this line.',
  'off-hook': 'The receiver is up.',
  'call-in-progress': 'A call is in progress.',
  'state-unknown': 'Nobody knows whether a call is in progress.',
  'state-stale': 'The last reading is too old to know whether a call is in progress.',
  'life-safety-line': 'An alarm panel or lift phone depends on this line.',
  'on-battery': 'The gateway runs on battery.',
  unsupported: 'This model cannot do that.',
  'agent-silent': 'The agent of this site is silent.',
  role: 'Your role does not allow this.',
};
