import { LIFE_SAFETY } from '../line/life-safety.ts';
import type {
  AdminState,
  CallState,
  FaultReason,
  HookState,
  LineDeviceClass,
  OperState,
  RegistrationState,
} from '../line/vocabulary.ts';
import type { Severity } from './severity.ts';

/** The state of one port at one instant; null is unknown. */
export interface PortState {
  admin: AdminState | null;
  oper: OperState | null;
  hook: HookState | null;
  call: CallState | null;
  registration: RegistrationState | null;
  fault: FaultReason | null;
}

/** The health of one port: its severity, and a stable code for the reason. */
export interface PortHealth {
  severity: Severity;
  reason: PortHealthReason;
}

export const PORT_HEALTH_REASONS = [
  'working',
  'in-use',
  'unused',
  'locked',
  'receiver-off-hook',
  'registering',
  'unregistered',
  'registration-failed',
  'line-fault',
  'out-of-service',
  'testing',
  'nothing-known',
] as const;
export type PortHealthReason = (typeof PORT_HEALTH_REASONS)[number];

/**
 * Evaluates one port by the last report of its gateway. Pure; the first matching row decides, worst first. A
 * life-safety line out of service is critical, any other line major, an unused port at most info.
 */
export function portHealth(state: PortState, device: LineDeviceClass): PortHealth {
  const outage: Severity = device === 'unused' ? 'info' : LIFE_SAFETY.has(device) ? 'critical' : 'major';
  if (state.admin === 'locked' || state.admin === 'shutting-down') {
    return { severity: LIFE_SAFETY.has(device) ? 'major' : 'info', reason: 'locked' };
  }
  if (state.fault !== null && state.fault !== 'none') {
    return { severity: outage, reason: 'line-fault' };
  }
  if (state.oper === 'out-of-service') return { severity: outage, reason: 'out-of-service' };
  switch (state.registration) {
    case 'auth-failed':
    case 'rejected':
    case 'unreachable':
      return { severity: outage, reason: 'registration-failed' };
    case 'unregistered':
      return { severity: outage, reason: 'unregistered' };
    case 'registering':
      return { severity: device === 'unused' ? 'ok' : 'minor', reason: 'registering' };
    default:
  }
  if (state.call === 'receiver-off-hook') {
    return { severity: LIFE_SAFETY.has(device) ? 'major' : 'minor', reason: 'receiver-off-hook' };
  }
  if (state.oper === 'testing') return { severity: 'info', reason: 'testing' };
  if (Object.values(state).every((value) => value === null)) return { severity: 'unknown', reason: 'nothing-known' };
  if (state.hook === 'off-hook' || (state.call !== null && state.call !== 'idle'))
    return { severity: 'ok', reason: 'in-use' };
  return { severity: 'ok', reason: device === 'unused' ? 'unused' : 'working' };
}
