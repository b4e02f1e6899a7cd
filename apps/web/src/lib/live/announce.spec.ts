import type { Gateway, LiveEvent } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { announcements } from './announce.ts';

const port = {
  position: 7,
  label: 'Lift A',
  name: null,
  severity: 'ok',
  healthReason: 'working',
  call: 'idle',
  fault: 'none',
};
const shown = (change: object = {}) => ({ id: 'g', name: 'MP-124', portList: [{ ...port, ...change }] }) as Gateway;
const news = (change: object, gatewayId = 'g') =>
  ({ type: 'gateway', gatewayId, ports: [{ position: 7, ...change }] }) as LiveEvent;
const short = { severity: 'critical', healthReason: 'line-fault', fault: 'short-circuit' };

describe('what is read out', () => {
  test('a line that fails, by its name and what is wrong', () => {
    expect(announcements(shown(), news(short))).toEqual(['Lift A, port 7 of MP-124: Line fault: short circuit.']);
  });

  test('a line that works again', () => {
    expect(announcements(shown(short), news({ severity: 'ok', healthReason: 'working' }))).toEqual([
      'Lift A, port 7 of MP-124 works again.',
    ]);
  });

  test.for([
    ['an ordinary call', shown(), news({ severity: 'ok', healthReason: 'in-use', call: 'ringing' })],
    ['the same fault again', shown(short), news(short)],
    ['something minor', shown(), news({ severity: 'minor', healthReason: 'registering' })],
    ['a gateway that is not on the page', undefined, news(short, 'x')],
    ['a change without severity', shown(), news({ call: 'talking' })],
  ] as const)('%s is not', ([, gateway, event]) => {
    expect(announcements(gateway, event)).toEqual([]);
  });

  test('a fault that turns into another one is', () => {
    const changed = news({ severity: 'major', healthReason: 'out-of-service' });
    expect(announcements(shown(short), changed)).toEqual(['Lift A, port 7 of MP-124: Out of service.']);
  });
});
