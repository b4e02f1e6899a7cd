/**
 * How long a line must not be disturbed after an emergency call, in milliseconds. The control centre may call back, and
 * a gateway may hold the call after the caller has hung up; the hook state shows neither.
 */
export const EMERGENCY_HOLD_MS = 30 * 60_000;

/** An emergency call that a gateway notified. */
export interface EmergencyCall {
  /** The port it was on; null where the gateway does not report it, which holds all its ports. */
  position: number | null;
  /** When it was notified, ms since the epoch. */
  atMs: number;
}

/** Whether a port is held for an emergency call at `nowMs`. */
export function isHeld(calls: readonly EmergencyCall[], position: number, nowMs: number): boolean {
  return calls.some(
    (call) => (call.position === null || call.position === position) && nowMs - call.atMs < EMERGENCY_HOLD_MS,
  );
}
