import { FAULT_REASONS, REGISTRATION_STATES, toCode } from '@loopstart/domain';
import { describe, expect, test } from 'vitest';
import { type DistrustedGateway, type TroubledGateway, unexplainedThings } from './wrong.ts';

const where = {
  gatewayId: 'g1',
  gatewayName: 'Lobby',
  siteId: 's1',
  siteName: 'Harbour',
  customerName: 'Oak',
  timeZone: 'Europe/London',
};
const fault = (reason: (typeof FAULT_REASONS)[number]) => toCode(FAULT_REASONS, reason);
const since = new Date('2026-11-20T10:00:00Z');

const gateway: TroubledGateway = {
  ...where,
  admin: [0, 0, 0, 0],
  oper: null,
  hook: [0, 0, 0, 0],
  call: [0, 0, 0, 0],
  registration: [0, toCode(REGISTRATION_STATES, 'registering'), 0, 0],
  fault: [fault('none'), fault('none'), fault('no-line-device'), fault('no-line-device')],
  stateSince: [null, null, since, since],
  ports: [
    { ordinal: 0, position: 1, label: 'Desk', device: 'phone' },
    { ordinal: 1, position: 2, label: null, device: 'fax' },
    { ordinal: 2, position: 3, label: 'Lobby', device: 'phone' },
    { ordinal: 3, position: 4, label: 'Lift 2', device: 'lift-phone' },
  ],
};
const silent: DistrustedGateway = { ...where, gatewayId: 'g2', gatewayName: 'Attic', distrust: 'agent-silent', since };

const NOTHING = { lines: new Set<string>(), gateways: new Set<string>() };

describe('what is wrong', () => {
  test('is told worst first, with the reason, and what works is left out', () => {
    const things = unexplainedThings([gateway], [silent], NOTHING);
    expect(things.map((thing) => [thing.severity, thing.reason, thing.label ?? thing.position])).toEqual([
      ['critical', 'line-fault', 'Lift 2'],
      ['major', 'agent-silent', null],
      ['major', 'line-fault', 'Lobby'],
      ['minor', 'registering', 2],
    ]);
    expect(things[0]).toMatchObject({ fault: 'no-line-device', since: since.toISOString(), position: 4 });
  });

  test('is not told again where an incident explains it', () => {
    const things = unexplainedThings([gateway], [silent], {
      lines: new Set(['g1/4', 'g2/1']),
      gateways: new Set(['g2']),
    });
    expect(things.map((thing) => [thing.gatewayId, thing.position])).toEqual([
      ['g1', 3],
      ['g1', 2],
    ]);
  });

  test('a gateway stays in sight where only one of its lines has an incident', () => {
    const one = { lines: new Set(['g2/1']), gateways: new Set<string>() };
    expect(unexplainedThings([], [silent], one)).toMatchObject([{ gatewayId: 'g2', position: null }]);
  });

  test('a reading that is only old is unknown, not down', () => {
    expect(unexplainedThings([], [{ ...silent, distrust: 'gateway-stale' }], NOTHING)[0]?.severity).toBe('unknown');
  });
});
