import { PORT_HEALTH_REASONS } from '@loopstart/domain';
import { describe, expect, test } from 'vitest';
import { longState, portSentence, portTitle, shortState } from './port-summary.ts';

const idle = {
  healthReason: 'working',
  fault: 'none',
  call: 'idle',
  hook: 'on-hook',
  registration: 'registered',
  oper: 'in-service',
  admin: 'unlocked',
  lineDeviceClass: 'phone',
} as const;

describe('a port in words', () => {
  test.for(PORT_HEALTH_REASONS)('%s has short words that fit a faceplate, and a sentence', (healthReason) => {
    const port = { ...idle, healthReason };
    expect(shortState(port).length).toBeGreaterThan(0);
    expect(shortState(port).length).toBeLessThanOrEqual(12);
    expect(longState(port)).not.toBe('');
    expect(portSentence(port)).toMatch(/^[A-Z].*\.$/);
  });

  test.for([
    [
      'idle where the gateway says so',
      { call: 'idle', hook: 'on-hook' },
      'Idle',
      'Working, idle',
      /^The line is idle\./,
    ],
    ['on hook where only the hook is known', { call: null, hook: 'on-hook' }, 'On hook', 'Working, on hook', /on hook/],
    ['in service where neither is told', { call: null, hook: null }, 'In service', 'Working', /in service/],
  ] as const)('a line at rest is %s', ([, state, short, long, sentence]) => {
    const port = { ...idle, ...state };
    expect([shortState(port), longState(port)]).toEqual([short, long]);
    expect(portSentence(port)).toMatch(sentence);
  });

  test('a fault is named', () => {
    const port = { ...idle, healthReason: 'line-fault', fault: 'short-circuit' } as const;
    expect(shortState(port)).toBe('Short');
    expect(longState(port)).toBe('Line fault: short circuit');
  });

  test('in use tells what the line does, and off hook where only the hook is known', () => {
    expect(shortState({ ...idle, healthReason: 'in-use', call: 'ringing' })).toBe('Ringing');
    expect(shortState({ ...idle, healthReason: 'in-use', call: null, hook: 'off-hook' })).toBe('Off hook');
    expect(longState({ ...idle, healthReason: 'in-use', call: 'talking' })).toBe('In use: talking');
    expect(longState({ ...idle, healthReason: 'in-use', call: 'in-use' })).toBe('In use');
  });

  test('a refused registration says by what', () => {
    expect(longState({ ...idle, healthReason: 'registration-failed', registration: 'auth-failed' })).toBe(
      'Registration failed: authentication failed',
    );
  });

  test.for([
    [{ label: 'Lift A', name: 'FXS 7', position: 7 }, 'Lift A'],
    [{ label: null, name: 'FXS 7', position: 7 }, 'FXS 7'],
    [{ label: '', name: null, position: 7 }, 'Port 7'],
  ] as const)('%j is called %s', ([port, title]) => {
    expect(portTitle(port)).toBe(title);
  });
});
