import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CALL_STATES, HOOK_STATES, LINE_DEVICE_CLASSES } from '../line/vocabulary.ts';
import type { DisturbContext } from './disturbable.ts';
import { DISTURB_STATE_AGE_MAX_MS, isPortDisturbable } from './disturbable.ts';

const idle: DisturbContext = {
  state: {
    admin: 'unlocked',
    oper: 'in-service',
    hook: 'on-hook',
    call: 'idle',
    registration: 'registered',
    fault: 'none',
  },
  device: 'phone',
  ageMs: 1000,
  emergencyHold: false,
  onBattery: false,
  lifeSafetyConfirmed: false,
};
const withState = (state: Partial<DisturbContext['state']>): DisturbContext => ({
  ...idle,
  state: { ...idle.state, ...state },
});

describe('isPortDisturbable', () => {
  test.for([
    ['an idle phone may be interrupted', idle, null],
    ['off hook', withState({ hook: 'off-hook' }), 'off-hook'],
    ['on hook but ringing', withState({ call: 'ringing' }), 'call-in-progress'],
    ['on hook with a call on hold', withState({ call: 'hold' }), 'call-in-progress'],
    ['neither hook nor call known', withState({ hook: null, call: null }), 'state-unknown'],
    ['hook alone is enough', withState({ call: null }), null],
    ['a state from long ago', { ...idle, ageMs: DISTURB_STATE_AGE_MAX_MS + 1 }, 'state-stale'],
    ['a state never read', { ...idle, ageMs: null }, 'state-stale'],
    ["an alarm panel without a person's word", { ...idle, device: 'alarm-panel' }, 'life-safety-line'],
    ["an alarm panel with a person's word", { ...idle, device: 'alarm-panel', lifeSafetyConfirmed: true }, null],
    [
      "a person's word does not end a call",
      { ...withState({ hook: 'off-hook' }), device: 'lift-phone', lifeSafetyConfirmed: true },
      'off-hook',
    ],
    ['an emergency hold outranks all', { ...idle, emergencyHold: true, device: 'unused' }, 'emergency-hold'],
    ['on battery', { ...idle, onBattery: true }, 'on-battery'],
    ['power not told is not a refusal', { ...idle, onBattery: null }, null],
    ['an unused port needs no fresh state', { ...idle, device: 'unused', ageMs: null }, null],
  ] as const satisfies readonly (readonly [string, DisturbContext, string | null])[])('%s', ([, context, refusal]) => {
    expect(isPortDisturbable(context)).toEqual(refusal === null ? { ok: true } : { ok: false, reason: refusal });
  });

  test('a port in use is never interrupted, whatever else is true', () => {
    const busy = fc.record({
      hook: fc.constantFrom(...HOOK_STATES, null),
      call: fc.constantFrom(...CALL_STATES, null),
      device: fc.constantFrom(...LINE_DEVICE_CLASSES.filter((device) => device !== 'unused')),
      ageMs: fc.nat(),
      onBattery: fc.constantFrom(true, false, null),
      lifeSafetyConfirmed: fc.boolean(),
    });
    fc.assert(
      fc.property(busy, ({ hook, call, ...rest }) => {
        fc.pre(hook === 'off-hook' || (call !== null && call !== 'idle'));
        expect(isPortDisturbable({ ...withState({ hook, call }), ...rest, emergencyHold: false }).ok).toBe(false);
      }),
    );
  });
});
