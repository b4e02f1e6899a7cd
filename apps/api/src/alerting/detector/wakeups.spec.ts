import type { LiveEvent } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import { concerns, Wakeups } from './wakeups.ts';

const agent: LiveEvent = { type: 'agent', agentId: 'a', siteId: 's' };
const gateway = (change: Partial<Extract<LiveEvent, { type: 'gateway' }>>): LiveEvent => ({
  type: 'gateway',
  gatewayId: 'g',
  siteId: 's',
  observedAt: '2026-11-23T10:00:00.000Z',
  ports: [],
  ...change,
});
const said = (kind: string) => ({ type: 'event', event: { kind, gatewayId: 'g' } }) as unknown as LiveEvent;
const action = (type: string, state: string) =>
  ({ type: 'action', action: { type, state, gatewayId: 'g' } }) as unknown as LiveEvent;

test.for<[string, LiveEvent, ReturnType<typeof concerns>]>([
  ['an agent came or went', agent, { agent: 'a' }],
  ['a state changed', gateway({ gateway: { reachability: 'reachable' } }), { gateway: 'g' }],
  ['only measured', gateway({ gateway: { temperatureC: 40 }, ports: [{ position: 1, lineVoltageV: 48 }] }), null],
  [
    'a person changed the device of a line',
    gateway({ ports: [{ position: 1, lineDeviceClass: 'lift-phone' }] }),
    { gateway: 'g' },
  ],
  ['an alarm', said('power-lost'), { gateway: 'g' }],
  ['a hook', said('hook-change'), null],
  ['a line test that ended', action('line-test', 'failed'), { gateway: 'g' }],
  ['one that runs', action('line-test', 'running'), null],
  ['something was missed', { type: 'resync' }, 'all'],
])('%s', ([, event, expected]) => {
  expect(concerns(event)).toEqual(expected);
});

test('changes are collected by operator and taken in order, once they are old enough', () => {
  const wakeups = new Wakeups();
  wakeups.add('elm', agent, 10);
  wakeups.add('oak', agent, 5);
  wakeups.add('oak', said('cold-start'), 8);
  const none = new Set<string>();
  expect(wakeups.take(4, none)).toBeNull();
  const first = wakeups.take(10, none);
  expect(first?.operatorId).toBe('oak');
  expect([...first!.changed.agents, ...first!.changed.gateways]).toEqual(['a', 'g']);
  expect(wakeups.take(10, new Set(['elm'])), 'an operator under evaluation waits').toBeNull();
  expect(wakeups.take(10, none)?.operatorId).toBe('elm');
  expect(wakeups.take(10, none)).toBeNull();
});
