import { comparePositions, type Position } from '@loopstart/domain';

/** Maximum number of messages in flight, and of their bytes. */
export const WINDOW_MESSAGES = 200;
export const WINDOW_BYTES = 2_097_152;
/** After this time without any acknowledgement, messages in flight count as lost and are sent again. */
export const ACK_TIMEOUT_MS = 15_000;
const ACK_TIMEOUT_MS_MAX = 60_000;
/** A cloud that misses a message requests it once for each later one that arrives: the first request is enough. */
const REWIND_REPEAT_MS = 1_000;

/** A message that was sent on this connection and is not acknowledged. */
interface InFlight {
  position: Position;
  bytes: number;
}

/** The sender's state. All times are monotonic ms. */
export interface WindowState {
  connected: boolean;
  /** The cloud's known position. */
  base: Position;
  /** The last message sent since the sender last returned to `base`. The next message's `after`. */
  cursor: Position;
  inFlight: readonly InFlight[];
  pausedUntilMs: number;
  /** When the last acknowledgement arrived, or a message was sent into an empty window. */
  progressAtMs: number;
  ackTimeoutMs: number;
  lastRewind: { to: Position; atMs: number } | null;
}

export type WindowEvent =
  | { type: 'connected' }
  | { type: 'disconnected' }
  | { type: 'sent'; messages: readonly InFlight[] }
  | { type: 'acked'; position: Position }
  | { type: 'rewound'; position: Position }
  | { type: 'paused'; forMs: number }
  | { type: 'timed-out' };

/** The next step: send up to this many after `cursor`, return to `base` because no acknowledgement came, or wait. */
export type WindowStep =
  | { do: 'send'; messagesMax: number; bytesMax: number }
  | { do: 'resend' }
  | { do: 'wait'; untilMs: number | null };

/** A sender that has not connected yet; `acked` is the outbox's stored position. */
export function initialWindow(acked: Position): WindowState {
  return {
    connected: false,
    base: acked,
    cursor: acked,
    inFlight: [],
    pausedUntilMs: 0,
    progressAtMs: 0,
    ackTimeoutMs: ACK_TIMEOUT_MS,
    lastRewind: null,
  };
}

/** The state after an event. Pure. */
export function applyToWindow(state: WindowState, event: WindowEvent, nowMs: number): WindowState {
  switch (event.type) {
    case 'connected':
      return { ...fromBase(state, nowMs), connected: true, pausedUntilMs: 0, lastRewind: null };
    case 'disconnected':
      return { ...fromBase(state, nowMs), connected: false };
    case 'timed-out':
      return { ...fromBase(state, nowMs), ackTimeoutMs: Math.min(ACK_TIMEOUT_MS_MAX, state.ackTimeoutMs * 2) };
    case 'paused': {
      const until = nowMs + event.forMs;
      return { ...state, pausedUntilMs: until, progressAtMs: Math.max(state.progressAtMs, until) };
    }
    case 'sent': {
      const last = event.messages.at(-1);
      if (last === undefined) return state;
      const progressAtMs = state.inFlight.length === 0 ? Math.max(nowMs, state.pausedUntilMs) : state.progressAtMs;
      return { ...state, cursor: last.position, inFlight: [...state.inFlight, ...event.messages], progressAtMs };
    }
    case 'acked': {
      if (comparePositions(event.position, state.base) <= 0) return state;
      return {
        ...state,
        base: event.position,
        cursor: comparePositions(event.position, state.cursor) > 0 ? event.position : state.cursor,
        inFlight: state.inFlight.filter((message) => comparePositions(message.position, event.position) > 0),
        progressAtMs: Math.max(nowMs, state.pausedUntilMs),
        ackTimeoutMs: ACK_TIMEOUT_MS,
        lastRewind: null,
      };
    }
    case 'rewound': {
      const { lastRewind } = state;
      const repeated =
        lastRewind !== null &&
        comparePositions(lastRewind.to, event.position) === 0 &&
        nowMs - lastRewind.atMs < REWIND_REPEAT_MS;
      if (repeated) return state;
      const lastRewindNow = { to: event.position, atMs: nowMs };
      return { ...fromBase({ ...state, base: event.position }, nowMs), lastRewind: lastRewindNow };
    }
  }
}

/** What to do next. Pure. */
export function nextWindowStep(state: WindowState, nowMs: number): WindowStep {
  if (!state.connected) return { do: 'wait', untilMs: null };
  const timeoutAt = ackDeadlineMs(state);
  if (timeoutAt !== null && nowMs >= timeoutAt) return { do: 'resend' };
  if (nowMs < state.pausedUntilMs) {
    return { do: 'wait', untilMs: timeoutAt === null ? state.pausedUntilMs : Math.min(timeoutAt, state.pausedUntilMs) };
  }
  const messagesMax = WINDOW_MESSAGES - state.inFlight.length;
  const bytesMax = WINDOW_BYTES - state.inFlight.reduce((sum, message) => sum + message.bytes, 0);
  if (messagesMax > 0 && bytesMax > 0) return { do: 'send', messagesMax, bytesMax };
  return { do: 'wait', untilMs: timeoutAt };
}

/** When messages in flight will count as lost without an acknowledgement; null while none is in flight. */
export function ackDeadlineMs(state: WindowState): number | null {
  return state.inFlight.length === 0 ? null : state.progressAtMs + state.ackTimeoutMs;
}

/** Everything after `base` is to be sent (again). */
function fromBase(state: WindowState, nowMs: number): WindowState {
  return { ...state, cursor: state.base, inFlight: [], progressAtMs: nowMs };
}
