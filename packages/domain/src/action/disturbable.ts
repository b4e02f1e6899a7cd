import type { PortState } from '../health/port-health.ts';
import type { LineDeviceClass } from '../line/vocabulary.ts';

/** What may be asked of a gateway or a port. */
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

/** Where an action is: it moves only to the right, and ends in one of the last five. */
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

/** Actions that can interrupt a call or take a line away for a moment. */
export const DISTURBING_ACTIONS: ReadonlySet<ActionType> = new Set(['lock-port', 'reset-port', 'line-test', 'reboot']);

export interface DisturbContext {
  state: PortState;
  device: LineDeviceClass;
  /** How old the state is, in milliseconds; null when it was never read. */
  ageMs: number | null;
  /** True while an emergency call, or the call-back hold after one, is on the port. */
  emergencyHold: boolean;
  /** Where the gateway's power comes from, null where it does not tell. */
  onBattery: boolean | null;
  /** The person asking has said that a life-safety line may be interrupted. */
  lifeSafetyConfirmed: boolean;
}

export const DISTURB_REFUSALS = [
  'emergency-hold',
  'off-hook',
  'call-in-progress',
  'state-unknown',
  'state-stale',
  'life-safety-line',
  'on-battery',
] as const;
export type DisturbRefusal = (typeof DISTURB_REFUSALS)[number];

/** A reading older than this says nothing about whether somebody is talking now. */
export const DISTURB_STATE_AGE_MAX_MS = 120_000;

/**
 * May this port be interrupted now? On-hook is not idle: a held or ringing call also counts.
 * Fails closed: where neither hook nor call state is known and fresh, the answer is no, with the reason.
 */
export function isPortDisturbable(context: DisturbContext): { ok: true } | { ok: false; reason: DisturbRefusal } {
  if (context.emergencyHold) return { ok: false, reason: 'emergency-hold' };
  if (context.device !== 'unused') {
    if (context.state.hook === 'off-hook') return { ok: false, reason: 'off-hook' };
    if (context.state.call !== null && context.state.call !== 'idle') return { ok: false, reason: 'call-in-progress' };
    if (context.state.hook === null && context.state.call === null) return { ok: false, reason: 'state-unknown' };
    if (context.ageMs === null || context.ageMs > DISTURB_STATE_AGE_MAX_MS) return { ok: false, reason: 'state-stale' };
  }
  if ((context.device === 'alarm-panel' || context.device === 'lift-phone') && !context.lifeSafetyConfirmed) {
    return { ok: false, reason: 'life-safety-line' };
  }
  if (context.onBattery === true) return { ok: false, reason: 'on-battery' };
  return { ok: true };
}
