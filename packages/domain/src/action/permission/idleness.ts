import type { PortState } from '../../health/port-health.ts';
import type { LineDeviceClass, NullReason } from '../../line/vocabulary.ts';
import type { RefusalCode } from './refusals.ts';

/**
 * How a model shows that a line is idle. `call-state`: its call state has a value for idle. `hook-and-ringing`: it
 * reports hook and ringing separately. A model that reports the hook alone shows neither: a line on hook may ring, and
 * after an emergency call it may be held (AudioCodes keeps the call until the far end releases).
 */
export const IDLE_EVIDENCE = ['call-state', 'hook-and-ringing'] as const;
export type IdleEvidence = (typeof IDLE_EVIDENCE)[number];

/** A reading older than this does not show whether a call is in progress now, in milliseconds. */
export const STATE_AGE_MAX_MS = 120_000;

/**
 * How long a line must be on hook before that counts as idle, in milliseconds. Longer than the silent part of any
 * ringing cadence (4 s in North America, ITU-T E.180), so that two consecutive readings cannot both fall into it.
 */
export const ON_HOOK_IDLE_MS = 10_000;

/** The state of one port when an action is decided. */
export interface PermissionPort {
  /** 1-based number as printed on the device. */
  position: number;
  device: LineDeviceClass;
  state: PortState;
  /**
   * Why the call state is null; null where it is known. `not-applicable`: the gateway answered that the line does not
   * ring.
   */
  callNull: NullReason | null;
  /** How long the line has been on hook without a change, in milliseconds; null where that is not known. */
  onHookForMs: number | null;
  /** True while an emergency call, or the time for a call back after one, is on the port. */
  emergencyHold: boolean;
}

/**
 * Why a line must not be interrupted, or why that is unknown; null where it is known to be idle. A line whose state is
 * uncertain never counts as idle.
 */
export function occupation(
  port: Omit<PermissionPort, 'position' | 'device'>,
  evidence: IdleEvidence | null,
  ageMs: number | null,
): RefusalCode | null {
  const { admin, hook, call } = port.state;
  if (port.emergencyHold) return 'emergency-hold';
  if (ageMs === null || ageMs > STATE_AGE_MAX_MS) return 'state-stale';
  if (call === 'ringing') return 'ringing';
  if (hook === 'off-hook') return 'off-hook';
  if (call !== null && call !== 'idle') return 'call-in-progress';
  // A locked port gives no service, so it has no call (ITU-T X.731); a port that is shutting down may have a last one.
  if (call === 'idle' || admin === 'locked') return null;
  if (evidence === null) return 'idle-not-told';
  if (evidence === 'call-state' || hook === null || port.callNull !== 'not-applicable') return 'state-unknown';
  return port.onHookForMs !== null && port.onHookForMs >= ON_HOOK_IDLE_MS ? null : 'on-hook-too-short';
}
