import type { SnmpAccess } from '@loopstart/contracts';
import { driverById } from '@loopstart/drivers';
import type { Notification, VarBind } from '@loopstart/snmp';
import { describe, expect, test } from 'vitest';
import type { GatewaySession } from '../session/gateway-session.ts';
import { chooseSender } from './sender.ts';

const v2c: SnmpAccess = { version: 'v2c', community: 'public' };
const other: SnmpAccess = { version: 'v2c', community: 'other' };
const v3: SnmpAccess = { version: 'v3', user: 'ops', level: 'noAuthNoPriv' };

const session = (name: string, access: SnmpAccess, driverId: string | null = null) =>
  ({
    name,
    target: { access },
    known: driverId === null ? null : { driver: driverById(driverId) },
  }) as unknown as GatewaySession;
const a = session('a', v2c, 'audiocodes');
const b = session('b', v2c, 'patton-smartnode');
const c = session('c', v3);
const twinOne = session('twin one', v3, 'patton-smartnode');
const twinTwo = session('twin two', v3, 'patton-smartnode');
const AUDIOCODES_TRAP = driverById('audiocodes')?.notifications.rules[0]?.trapOid ?? '';

const directory = {
  at: (ip: string) =>
    ({ '192.0.2.1': [a], '192.0.2.2': [a, b], '192.0.2.3': [c], '192.0.2.4': [twinOne, twinTwo] })[ip] ?? [],
};
const from = (address: string, part: Partial<Notification> = {}): Notification => ({
  from: { address, port: 50_000 },
  version: 'v2c',
  community: 'public',
  inform: false,
  trapOid: '1.3.6.1.6.3.1.1.5.1',
  uptimeTicks: 1,
  varbinds: [],
  ...part,
});
const relayedFor = (address: string): VarBind[] => [
  { oid: '1.3.6.1.6.3.18.1.3.0', value: { type: 'ip', value: address } },
];
const asOps = { version: 'v3' as const, user: 'ops', engineId: 'e1' };

describe('the sender of a notification', () => {
  test.for([
    ['the gateway at its address', from('192.0.2.1'), a],
    ['unknown, from an unknown address', from('192.0.2.9'), 'unknown-sender'],
    ['unknown, with the community of another gateway', from('192.0.2.1', { community: 'other' }), 'unknown-sender'],
    ['unknown, by v2c for a gateway read by v3', from('192.0.2.3'), 'unknown-sender'],
    ['the user of a v3 gateway', from('192.0.2.3', asOps), c],
    ['unknown, by another user', from('192.0.2.3', { ...asOps, user: 'eve' }), 'unknown-sender'],
    ['the gateway that a relay names', from('192.0.2.8', { varbinds: relayedFor('192.0.2.1') }), a],
    ['the same, where IPv4 comes inside IPv6', from('::ffff:192.0.2.8', { varbinds: relayedFor('192.0.2.1') }), a],
    [
      'unknown, where another sender names a gateway',
      from('192.0.2.9', { varbinds: relayedFor('192.0.2.1') }),
      'unknown-sender',
    ],
    ['unknown, where a relay names none', from('192.0.2.8'), 'unknown-sender'],
    ['not whom a gateway of its own names', from('192.0.2.1', { varbinds: relayedFor('192.0.2.3') }), a],
    ['of two behind one address, the one whose driver knows it', from('192.0.2.2', { trapOid: AUDIOCODES_TRAP }), a],
    ['of two that both may have, none', from('192.0.2.2'), 'ambiguous-sender'],
    ['of two, the one whose engine is known', from('192.0.2.4', asOps), twinTwo],
    ['of two with an unknown engine, none', from('192.0.2.4', { ...asOps, engineId: 'e9' }), 'ambiguous-sender'],
  ] as [string, Notification, unknown][])('%s', ([, notification, expected]) => {
    expect(chooseSender(notification, directory, new Map([['e1', twinTwo]]), ['192.0.2.8'])).toBe(expected);
  });

  test('other access than that of the session is not enough', () => {
    const only = { at: () => [session('x', other)] };
    expect(chooseSender(from('192.0.2.1'), only, new Map(), [])).toBe('unknown-sender');
  });
});
