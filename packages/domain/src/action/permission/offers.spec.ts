import { expect, test } from 'vitest';
import type { AdminState } from '../../line/vocabulary.ts';
import { EMERGENCY_HOLD_MS, isHeld } from './emergency-hold.ts';
import { offersFor } from './offers.ts';
import type { PermissionSubject } from './permission.ts';

const subject = (part: Partial<PermissionSubject> = {}, admin: AdminState | null = 'unlocked'): PermissionSubject => ({
  supported: ['poll-now', 'lock-port', 'unlock-port', 'reboot'],
  agentAlive: true,
  canWrite: true,
  ageMs: 0,
  idleEvidence: 'call-state',
  onBattery: null,
  activeCalls: null,
  ports: [
    {
      position: 1,
      device: 'phone',
      state: { admin, oper: 'in-service', hook: 'on-hook', call: 'idle', registration: null, fault: null },
      callNull: null,
      onHookForMs: null,
      emergencyHold: false,
    },
  ],
  ...part,
});
const offered = (position: number | null, about: PermissionSubject, mayAct = true) =>
  offersFor(position, about, mayAct).map(({ type, refusal }) => [type, refusal?.code ?? null]);

test('an action that the model lacks is not offered', () => {
  expect(offered(1, subject({ supported: ['poll-now'] }))).toEqual([]);
  expect(offered(null, subject({ supported: ['poll-now'] }))).toEqual([['poll-now', null]]);
});

test('a port is locked or unlocked, not both; both where the state is unknown', () => {
  expect(offered(1, subject())).toEqual([['lock-port', null]]);
  expect(offered(1, subject({}, 'locked'))).toEqual([['unlock-port', null]]);
  expect(offered(1, subject({}, null)).map(([type]) => type)).toEqual(['lock-port', 'unlock-port']);
});

test('without write access, writing actions are offered with the reason and reading ones without', () => {
  expect(offered(null, subject({ canWrite: false }))).toEqual([
    ['poll-now', null],
    ['reboot', 'no-write-access'],
  ]);
});

test('a role without the right to act gets every action with that reason', () => {
  expect(offered(null, subject(), false)).toEqual([
    ['poll-now', 'role'],
    ['reboot', 'role'],
  ]);
});

test('a line is held from the emergency call until the call-back time is over', () => {
  const call = { position: 3, atMs: 1_000 };
  expect(isHeld([call], 3, 1_000 + EMERGENCY_HOLD_MS - 1)).toBe(true);
  expect(isHeld([call], 3, 1_000 + EMERGENCY_HOLD_MS)).toBe(false);
  expect(isHeld([call], 4, 1_000)).toBe(false);
  expect(isHeld([{ position: null, atMs: 1_000 }], 4, 1_000)).toBe(true);
  expect(isHeld([], 4, 1_000)).toBe(false);
});
