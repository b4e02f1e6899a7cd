import { describe, expect, test } from 'vitest';
import { gatewayOffers } from './offers.ts';

const at = '2026-11-23T12:00:00.000Z';
const now = Date.parse(at) + 10_000;
const port = {
  position: 3,
  label: 'Reception',
  name: null,
  lineDeviceClass: 'phone',
  admin: 'unlocked',
  oper: 'in-service',
  hook: 'on-hook',
  call: 'idle',
  registration: 'registered',
  fault: 'none',
};
const gateway = (change: object = {}, portChange: object = {}) =>
  ({
    actions: ['poll-now', 'identify', 'reboot'],
    reachability: 'reachable',
    observedAt: at,
    powerSource: 'mains',
    portList: [{ ...port, ...portChange }],
    ...change,
  }) as never;
const refusalOf = (type: string, gw: never, role: string | null = null, nowMs = now) =>
  gatewayOffers(gw, role, nowMs).find((offer) => offer.type === type)?.refusal;

describe('what may be asked of a gateway', () => {
  test('everything, when nothing is in the way', () => {
    expect(gatewayOffers(gateway(), null, now).map((offer) => offer.refusal)).toEqual([null, null, null]);
  });

  test('a call on one port holds a reboot, but not a reading', () => {
    const busy = gateway({}, { call: 'talking' });
    expect(refusalOf('reboot', busy)).toBe('Reception (port 3): A call is in progress.');
    expect(refusalOf('poll-now', busy)).toBeNull();
  });

  test('an old reading holds a reboot', () => {
    expect(refusalOf('reboot', gateway(), null, now + 300_000)).toMatch(/too old/);
  });

  test('battery holds a reboot', () => {
    expect(refusalOf('reboot', gateway({ powerSource: 'battery' }))).toMatch(/battery/);
  });

  test.for([
    ['what the model cannot do', gateway({ actions: [] }), null, 'This model cannot do that.'],
    ['what the role may not do', gateway(), 'No.', 'No.'],
    ['a silent agent', gateway({ reachability: 'unknown' }), null, 'The agent of this site is silent.'],
  ] as const)('%s is refused with the reason', ([, gw, role, reason]) => {
    expect(gatewayOffers(gw, role, now).map((offer) => offer.refusal)).toEqual([reason, reason, reason]);
  });

  test('a lift phone anywhere on the gateway has to be confirmed before a reboot, and only then', () => {
    const offers = gatewayOffers(gateway({}, { lineDeviceClass: 'lift-phone' }), null, now);
    expect(offers.map((offer) => [offer.type, offer.needsLifeSafetyConfirmation])).toEqual([
      ['poll-now', false],
      ['identify', false],
      ['reboot', true],
    ]);
  });
});
