/** Actions that can be requested of a gateway or a port. */
export const ACTION_TYPES = [
  'identify',
  'poll-now',
  'lock-port',
  'unlock-port',
  'reset-port',
  'line-test',
  'reboot',
] as const;
export type ActionType = (typeof ACTION_TYPES)[number];

/** Life of an action: it only moves to the right, and ends in one of the last five. */
export const ACTION_STATES = [
  'queued',
  'sent',
  'running',
  'succeeded',
  'failed',
  'refused',
  'expired',
  'cancelled',
] as const;
export type ActionState = (typeof ACTION_STATES)[number];

/** Actions that name one port. */
export const PORT_ACTIONS: ReadonlySet<ActionType> = new Set(['lock-port', 'unlock-port', 'reset-port', 'line-test']);

/** Actions that can interrupt a call or take a line out of service for a moment. */
export const DISTURBING_ACTIONS: ReadonlySet<ActionType> = new Set(['lock-port', 'reset-port', 'line-test', 'reboot']);

/** Actions that write nothing to the gateway: they need no write access. */
export const READING_ACTIONS: ReadonlySet<ActionType> = new Set(['poll-now']);
