import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ADMIN_STATES,
  CALL_STATES,
  HOOK_STATES,
  LINE_DEVICE_CLASSES,
  NULL_REASONS,
  OPER_STATES,
} from '../../line/vocabulary.ts';
import { ACTION_TYPES, DISTURBING_ACTIONS, PORT_ACTIONS } from '../actions.ts';
import { IDLE_EVIDENCE, ON_HOOK_IDLE_MS, STATE_AGE_MAX_MS, type PermissionPort } from './idleness.ts';
import { mayInterrupt, permission, type PermissionRequest, type PermissionSubject } from './permission.ts';
import { REFUSAL_CODES, REFUSALS, refusalSentence, type RefusalCode } from './refusals.ts';

const port = (part: Partial<PermissionPort> = {}, state: Partial<PermissionPort['state']> = {}): PermissionPort => ({
  position: 1,
  device: 'phone',
  callNull: null,
  onHookForMs: null,
  emergencyHold: false,
  ...part,
  state: {
    admin: 'unlocked',
    oper: 'in-service',
    hook: 'on-hook',
    call: 'idle',
    registration: 'registered',
    fault: 'none',
    ...state,
  },
});
const subject = (part: Partial<PermissionSubject> = {}): PermissionSubject => ({
  supported: ACTION_TYPES,
  agentAlive: true,
  canWrite: true,
  ageMs: 5_000,
  idleEvidence: 'call-state',
  onBattery: null,
  activeCalls: null,
  ports: [port()],
  ...part,
});
const asked = (part: Partial<PermissionRequest> = {}): PermissionRequest => ({
  type: 'reset-port',
  position: 1,
  mayAct: true,
  lifeSafetyConfirmed: false,
  overridden: false,
  ...part,
});
const withPort = (state: Partial<PermissionPort['state']>, part: Partial<PermissionPort> = {}) =>
  subject({ ports: [port(part, state)] });
const onHook = { hook: 'on-hook', call: null } as const;
const ringingReported = (part: Partial<PermissionPort>) =>
  subject({ idleEvidence: 'hook-and-ringing', ports: [port({ callNull: 'not-applicable', ...part }, onHook)] });
const reboot = asked({ type: 'reboot', position: null });

describe('permission', () => {
  test.for<[string, PermissionRequest, PermissionSubject, RefusalCode | null]>([
    ['an idle line may be reset', asked(), subject(), null],
    ['a role that may not act', asked({ mayAct: false }), subject(), 'role'],
    ['what the model cannot do', asked(), subject({ supported: ['poll-now'] }), 'unsupported'],
    ['a port that is not there', asked({ position: 9 }), subject(), 'no-such-port'],
    ['a port action without a port', asked({ position: null }), subject(), 'no-such-port'],
    ['a read community only', asked(), subject({ canWrite: false }), 'no-write-access'],
    ['a user whose rights are unknown', asked(), subject({ canWrite: null }), null],
    [
      'reading needs no right to write',
      asked({ type: 'poll-now', position: null }),
      subject({ canWrite: false }),
      null,
    ],
    ['a silent agent', asked(), subject({ agentAlive: false }), 'agent-silent'],
    ['ringing', asked(), withPort({ call: 'ringing' }), 'ringing'],
    ['off hook', asked(), withPort({ hook: 'off-hook', call: 'talking' }), 'off-hook'],
    ['on hook with a call on hold', asked(), withPort({ call: 'hold' }), 'call-in-progress'],
    [
      'an emergency call, or the call-back time after it',
      asked(),
      withPort({}, { emergencyHold: true }),
      'emergency-hold',
    ],
    ['a reading too old', asked(), subject({ ageMs: STATE_AGE_MAX_MS + 1 }), 'state-stale'],
    ['a reading that is just not too old', asked(), subject({ ageMs: STATE_AGE_MAX_MS }), null],
    ['never read', asked(), subject({ ageMs: null }), 'state-stale'],
    ['call state not answered', asked(), withPort(onHook), 'state-unknown'],
    ['hook reported, ringing not (AudioCodes)', asked(), { ...withPort(onHook), idleEvidence: null }, 'idle-not-told'],
    [
      'neither reported (Patton)',
      reboot,
      { ...withPort({ hook: null, call: null }), idleEvidence: null },
      'idle-not-told',
    ],
    ['not ringing, on hook long enough', asked(), ringingReported({ onHookForMs: ON_HOOK_IDLE_MS }), null],
    [
      'not ringing, on hook for a moment',
      asked(),
      ringingReported({ onHookForMs: ON_HOOK_IDLE_MS - 1 }),
      'on-hook-too-short',
    ],
    ['not ringing, unknown since when', asked(), ringingReported({}), 'on-hook-too-short'],
    [
      'ringing not answered',
      asked(),
      ringingReported({ callNull: 'not-answered', onHookForMs: 60_000 }),
      'state-unknown',
    ],
    [
      'ringing excluded, hook not answered',
      asked(),
      subject({
        idleEvidence: 'hook-and-ringing',
        ports: [port({ callNull: 'not-applicable', onHookForMs: 60_000 }, { hook: null, call: null })],
      }),
      'state-unknown',
    ],
    [
      'on hook for long, where the call state must show that a line is idle',
      asked(),
      withPort(onHook, { callNull: 'not-applicable', onHookForMs: 60_000 }),
      'state-unknown',
    ],
    [
      'an unused line is judged like any other',
      asked(),
      withPort({ call: 'ringing' }, { device: 'unused' }),
      'ringing',
    ],
    ['a locked line has no call', reboot, { ...withPort({ ...onHook, hook: null, admin: 'locked' }) }, null],
    ['one that shuts down may have its last', reboot, withPort({ ...onHook, admin: 'shutting-down' }), 'state-unknown'],
    ['a lift phone', asked(), withPort({}, { device: 'lift-phone' }), 'life-safety-line'],
    ['a lift phone, confirmed', asked({ lifeSafetyConfirmed: true }), withPort({}, { device: 'lift-phone' }), null],
    ['on battery', asked(), subject({ onBattery: true }), 'on-battery'],
    ['a gateway without lines', reboot, subject({ ports: [] }), 'no-lines-known'],
    ['calls that no line shows', reboot, subject({ activeCalls: 2 }), 'call-in-progress'],
    ['no call on the gateway', reboot, subject({ activeCalls: 0 }), null],
    ['calls of others leave a port action alone', asked(), subject({ activeCalls: 2 }), null],
    ['locking what is locked', asked({ type: 'lock-port' }), withPort({ admin: 'locked' }), 'already-locked'],
    ['unlocking what is not locked', asked({ type: 'unlock-port' }), subject(), 'not-locked'],
    [
      'unlocking what was not locked two minutes ago',
      asked({ type: 'unlock-port' }),
      subject({ ageMs: STATE_AGE_MAX_MS }),
      'not-locked',
    ],
    ['unlocking, never read', asked({ type: 'unlock-port' }), subject({ ageMs: null }), null],
    [
      'unlocking what was not locked long ago',
      asked({ type: 'unlock-port' }),
      subject({ ageMs: STATE_AGE_MAX_MS + 1 }),
      null,
    ],
    ['unlocking interrupts nothing', asked({ type: 'unlock-port' }), withPort({ admin: null, call: 'talking' }), null],
  ])('%s', ([, request, about, code]) => {
    expect(permission(request, about).refusal?.code ?? null).toBe(code);
  });

  test('a reboot checks every port: a port in use outranks an unknown one and a missing confirmation', () => {
    const ports = [
      port({ position: 1, device: 'alarm-panel' }),
      port({ position: 2 }, { call: null, hook: null }),
      port({ position: 3 }, { call: 'ringing' }),
    ];
    expect(permission(reboot, subject({ ports })).refusal).toEqual({ code: 'ringing', position: 3 });
    const quiet = subject({ ports: ports.slice(0, 2) });
    expect(permission(reboot, quiet)).toMatchObject({
      refusal: { code: 'state-unknown', position: 2 },
      needsLifeSafetyConfirmation: true,
      needsOverride: true,
    });
    const overridden = { ...reboot, overridden: true };
    expect(permission(overridden, quiet).refusal).toEqual({ code: 'life-safety-line', position: 1 });
    expect(permission({ ...overridden, lifeSafetyConfirmed: true }, quiet)).toMatchObject({
      refusal: null,
      overrode: 'state-unknown',
    });
  });

  test('whether a line may be interrupted', () => {
    expect(mayInterrupt(1, subject())).toBe(true);
    expect(mayInterrupt(1, withPort({ call: 'ringing' }))).toBe(false);
    expect(mayInterrupt(1, withPort({}, { emergencyHold: true }))).toBe(false);
    expect(mayInterrupt(1, subject({ onBattery: true }))).toBe(false);
    expect(mayInterrupt(1, { ...withPort(onHook), idleEvidence: null })).toBeNull();
    expect(mayInterrupt(9, subject())).toBeNull();
  });
});

const arbitraryPort = fc
  .record({
    device: fc.constantFrom(...LINE_DEVICE_CLASSES),
    admin: fc.constantFrom(...ADMIN_STATES, null),
    oper: fc.constantFrom(...OPER_STATES, null),
    hook: fc.constantFrom(...HOOK_STATES, null),
    call: fc.oneof({ weight: 2, arbitrary: fc.constant('idle' as const) }, fc.constantFrom(...CALL_STATES, null)),
    callNull: fc.constantFrom(...NULL_REASONS, null),
    onHookForMs: fc.option(fc.nat(30_000)),
    emergencyHold: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.boolean()),
  })
  .map(({ admin, oper, hook, call, ...rest }) => port(rest, { admin, oper, hook, call }));
const arbitrarySubject = fc
  .record({
    canWrite: fc.constantFrom(true, false, null),
    agentAlive: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.boolean()),
    ageMs: fc.oneof({ weight: 2, arbitrary: fc.nat(120_000) }, fc.option(fc.nat(300_000))),
    idleEvidence: fc.constantFrom(...IDLE_EVIDENCE, null),
    onBattery: fc.constantFrom(true, false, null),
    activeCalls: fc.option(fc.nat(3)),
    ports: fc.array(arbitraryPort, { maxLength: 4 }),
  })
  .map((part) => subject({ ...part, ports: part.ports.map((one, at) => ({ ...one, position: at + 1 })) }));
const arbitraryRequest = fc
  .record({
    type: fc.constantFrom(...ACTION_TYPES),
    mayAct: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.boolean()),
    lifeSafetyConfirmed: fc.boolean(),
    overridden: fc.boolean(),
  })
  .map((part) => asked({ ...part, position: PORT_ACTIONS.has(part.type) ? 1 : null }));

describe('whatever is known', () => {
  const concerned = ({ type }: PermissionRequest, { ports }: PermissionSubject) =>
    PORT_ACTIONS.has(type) ? ports.slice(0, 1) : ports;

  test('a line known to be in use is never disturbed, with or without an override', () => {
    fc.assert(
      fc.property(arbitraryRequest, arbitrarySubject, (request, about) => {
        fc.pre(DISTURBING_ACTIONS.has(request.type));
        const { refusal } = permission(request, about);
        if (refusal !== null) return;
        for (const { state, emergencyHold } of concerned(request, about)) {
          expect(emergencyHold).toBe(false);
          // A reading that is too old proves nothing: only an override permits the action, and the agent reads again.
          if (about.ageMs === null || about.ageMs > STATE_AGE_MAX_MS) expect(request.overridden).toBe(true);
          else expect([state.hook === 'off-hook', state.call ?? 'idle']).toEqual([false, 'idle']);
        }
      }),
    );
  });

  test('without an override, every affected line is known to be idle', () => {
    let allowed = 0;
    fc.assert(
      fc.property(arbitraryRequest, arbitrarySubject, (asks, about) => {
        const request = { ...asks, overridden: false };
        if (!DISTURBING_ACTIONS.has(request.type) || permission(request, about).refusal !== null) return;
        allowed += 1;
        expect(about.ageMs).not.toBeNull();
        for (const { state, callNull, onHookForMs } of concerned(request, about)) {
          const excluded = callNull === 'not-applicable' && state.hook === 'on-hook' && (onHookForMs ?? 0) >= 10_000;
          const byHook = about.idleEvidence === 'hook-and-ringing' && excluded;
          expect(state.call === 'idle' || state.admin === 'locked' || byHook).toBe(true);
        }
      }),
      { numRuns: 3_000 },
    );
    expect(allowed).toBeGreaterThan(20);
  });

  test('the listed requirements lift the refusal, and all are necessary', () => {
    fc.assert(
      fc.property(arbitraryRequest, arbitrarySubject, (asks, about) => {
        const plain = permission({ ...asks, lifeSafetyConfirmed: false, overridden: false }, about);
        const all = permission({ ...asks, lifeSafetyConfirmed: true, overridden: true }, about);
        const liftable = plain.refusal === null || plain.needsLifeSafetyConfirmation || plain.needsOverride;
        expect(all.refusal === null).toBe(liftable);
        expect(all.overrode !== null).toBe(all.refusal === null && plain.needsOverride);
      }),
    );
  });
});

test.for(REFUSAL_CODES.map((code) => [code] as const))('%s has a sentence', ([code]) => {
  expect(REFUSALS[code].text).toMatch(/^[A-Z].+\.$/);
  expect(refusalSentence('reboot', { code, position: 4 })).toMatch(/^Port 4: [A-Z].+\.$/);
  expect(refusalSentence('reset-port', { code, position: 4 })).toBe(REFUSALS[code].text);
  expect(refusalSentence('reboot', { code, position: null })).toBe(REFUSALS[code].text);
});
