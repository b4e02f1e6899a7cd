import { CALL_STATES, PORT_HEALTH_REASONS } from '@loopstart/domain';
import { describe, expect, test } from 'vitest';
import { PORT_SIGNS, portSign } from './port-sign.ts';

const port = {
  severity: 'ok',
  healthReason: 'working',
  call: 'idle',
  fault: 'none',
  registration: 'registered',
} as const;

describe('the sign of a port', () => {
  test.for(PORT_HEALTH_REASONS)('%s has one', (healthReason) => {
    expect(PORT_SIGNS).toContain(portSign({ ...port, healthReason }));
  });

  test.for(CALL_STATES)('a port in use has one for %s', (call) => {
    expect(PORT_SIGNS).toContain(portSign({ ...port, healthReason: 'in-use', call }));
  });

  test('unknown covers what was read before: unknown is not down, and not idle either', () => {
    expect(portSign({ ...port, severity: 'unknown', healthReason: 'line-fault', fault: 'short-circuit' })).toBe(
      'unknown',
    );
  });

  test.for([
    [{ healthReason: 'line-fault', fault: 'no-line-device' }, 'unplugged'],
    [{ healthReason: 'line-fault', fault: 'short-circuit' }, 'fault'],
    [{ healthReason: 'registration-failed', registration: 'unreachable' }, 'not-registered'],
    [{ healthReason: 'registration-failed', registration: 'auth-failed' }, 'refused'],
    [{ healthReason: 'in-use', call: 'ring-back' }, 'ringing'],
    [{ healthReason: 'in-use', call: null }, 'in-use'],
  ] as const)('%j shows %s', ([change, sign]) => {
    expect(portSign({ ...port, ...change })).toBe(sign);
  });
});
