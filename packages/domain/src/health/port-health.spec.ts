import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ADMIN_STATES,
  CALL_STATES,
  FAULT_REASONS,
  HOOK_STATES,
  LINE_DEVICE_CLASSES,
  OPER_STATES,
  REGISTRATION_STATES,
} from '../line/vocabulary.ts';
import type { PortState } from './port-health.ts';
import { portHealth } from './port-health.ts';
import { severityRank } from './severity.ts';

const idle: PortState = {
  admin: 'unlocked',
  oper: 'in-service',
  hook: 'on-hook',
  call: 'idle',
  registration: 'registered',
  fault: 'none',
};
const nothing: PortState = { admin: null, oper: null, hook: null, call: null, registration: null, fault: null };
const orNull = <T>(values: readonly T[]) => fc.constantFrom(...values, null);
const anyState: fc.Arbitrary<PortState> = fc.record({
  admin: orNull(ADMIN_STATES),
  oper: orNull(OPER_STATES),
  hook: orNull(HOOK_STATES),
  call: orNull(CALL_STATES),
  registration: orNull(REGISTRATION_STATES),
  fault: orNull(FAULT_REASONS),
});

describe('port health', () => {
  test.for([
    ['an idle phone works', idle, 'phone', 'ok', 'working'],
    ['a phone in a call works', { ...idle, hook: 'off-hook', call: 'talking' }, 'phone', 'ok', 'in-use'],
    ['an open alarm line is critical', { ...idle, fault: 'no-line-device' }, 'alarm-panel', 'critical', 'line-fault'],
    ['an open lobby phone line is major', { ...idle, fault: 'no-line-device' }, 'phone', 'major', 'line-fault'],
    ['a fault on an unused port is only info', { ...idle, fault: 'no-line-device' }, 'unused', 'info', 'line-fault'],
    [
      'a lift phone that lost its registration is critical',
      { ...idle, registration: 'unregistered' },
      'lift-phone',
      'critical',
      'unregistered',
    ],
    [
      'wrong credentials have their own reason',
      { ...idle, registration: 'auth-failed' },
      'fax',
      'major',
      'registration-failed',
    ],
    ['a registration in progress is minor', { ...idle, registration: 'registering' }, 'fax', 'minor', 'registering'],
    ['a locked phone only informs', { ...idle, admin: 'locked' }, 'phone', 'info', 'locked'],
    ['a locked alarm line is major', { ...idle, admin: 'locked' }, 'alarm-panel', 'major', 'locked'],
    ['a lock explains the outage', { ...idle, admin: 'locked', oper: 'out-of-service' }, 'phone', 'info', 'locked'],
    [
      'a receiver left off hook',
      { ...idle, hook: 'off-hook', call: 'receiver-off-hook' },
      'phone',
      'minor',
      'receiver-off-hook',
    ],
    ['nothing known is unknown, not down', nothing, 'alarm-panel', 'unknown', 'nothing-known'],
    [
      'a gateway that reports the hook alone is still evaluated',
      { ...nothing, hook: 'on-hook' },
      'phone',
      'ok',
      'working',
    ],
  ] as const)('%s', ([, state, device, severity, reason]) => {
    expect(portHealth(state, device)).toEqual({ severity, reason });
  });

  test('no state of an unused port is worse than info', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const { severity } = portHealth(state, 'unused');
        expect(['ok', 'info', 'minor', 'unknown']).toContain(severity);
        if (severity === 'minor') expect(state.call).toBe('receiver-off-hook');
      }),
    );
  });

  test('a life-safety line is never rated milder than a lobby phone', () => {
    fc.assert(
      fc.property(anyState, fc.constantFrom('alarm-panel' as const, 'lift-phone' as const), (state, device) => {
        const life = severityRank(portHealth(state, device).severity);
        expect(life).toBeGreaterThanOrEqual(severityRank(portHealth(state, 'phone').severity));
      }),
    );
  });

  test('every combination of states and devices has a verdict', () => {
    fc.assert(
      fc.property(anyState, fc.constantFrom(...LINE_DEVICE_CLASSES), (state, device) => {
        expect(portHealth(state, device).reason).toBeTruthy();
      }),
    );
  });
});
