import type { PortState } from '@loopstart/domain';
import { describe, expect, test } from 'vitest';
import { type ActionSubject, judge, type Refusal, refusalSentence } from './judge.ts';

const idle: PortState = {
  admin: 'unlocked',
  oper: 'in-service',
  hook: 'on-hook',
  call: 'idle',
  registration: 'registered',
  fault: 'none',
};
const subject: ActionSubject = {
  agentAlive: true,
  supported: ['poll-now', 'lock-port', 'reboot'],
  ageMs: 5_000,
  onBattery: null,
  ports: [
    { position: 1, device: 'phone', state: idle },
    { position: 2, device: 'lift-phone', state: idle },
    { position: 3, device: 'phone', state: { ...idle, hook: 'off-hook', call: 'talking' } },
  ],
};
const technician = { role: 'technician', lifeSafetyConfirmed: false } as const;

describe('judge', () => {
  test.for([
    ['an idle phone may be locked', 'lock-port', 1, subject, technician, null, 1],
    ['a lift phone needs a word', 'lock-port', 2, subject, technician, 'life-safety-line', 2],
    [
      'a lift phone with the word given',
      'lock-port',
      2,
      subject,
      { ...technician, lifeSafetyConfirmed: true },
      null,
      2,
    ],
    ['a port in a call is left alone', 'lock-port', 3, subject, technician, 'off-hook', 3],
    [
      'a reboot looks at every port, and a call outranks a missing word',
      'reboot',
      null,
      subject,
      technician,
      'off-hook',
      3,
    ],
    [
      'a reboot of an idle gateway with a lift phone needs a word',
      'reboot',
      null,
      { ...subject, ports: subject.ports.slice(0, 2) },
      technician,
      'life-safety-line',
      2,
    ],
    ['polling disturbs nobody', 'poll-now', null, subject, technician, null, null],
    ['what the model cannot do', 'reset-port', 1, subject, technician, 'unsupported', 1],
    ['a silent agent', 'poll-now', null, { ...subject, agentAlive: false }, technician, 'agent-silent', null],
    ['a viewer may only look', 'poll-now', null, subject, { ...technician, role: 'viewer' }, 'role', null],
  ] as const)('%s', ([, type, position, about, asked, refusal, at]) => {
    expect(judge(type, position, about, asked)).toEqual({
      allowed: refusal === null,
      refusal,
      needsLifeSafetyConfirmation: refusal === 'life-safety-line',
      position: at,
    });
  });

  test('every refusal has a sentence', () => {
    const all: Refusal[] = [
      'emergency-hold',
      'off-hook',
      'call-in-progress',
      'state-unknown',
      'state-stale',
      'life-safety-line',
      'on-battery',
      'unsupported',
      'agent-silent',
      'role',
    ];
    for (const refusal of all) expect(refusalSentence(refusal, 4)).toMatch(/^[A-Z].+\.$/);
  });
});
