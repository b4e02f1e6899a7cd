import { describe, expect, test } from 'vitest';
import type { GatewaySession } from '../session/gateway-session.ts';
import { portOfChannel, seeChannel, type SeenChannels } from './channel-base.ts';
import { chooseLineSender } from './line-sender.ts';

const session = (sysName: string, serial: string | null = null) =>
  ({
    known: { inventory: { gateway: { sysName, serial, macAddress: '00:90:8f:00:00:01' } } },
  }) as unknown as GatewaySession;
const [a, b, c] = [session('gw-a'), session('gw-b', '4810'), session('gw-a')];
const senders = {
  at: (ip: string) => ({ '192.0.2.1': [a], '192.0.2.2': [a, b], '192.0.2.3': [a, c] })[ip] ?? [],
};

describe('the sender of a syslog line', () => {
  test.for([
    ['the gateway at its address, whatever it calls itself', '192.0.2.1', 'gw-b', a],
    ['the same, where IPv4 comes inside IPv6', '::ffff:192.0.2.1', null, a],
    ['unknown, from an unknown address that names a gateway', '192.0.2.9', '192.0.2.1', 'unknown-sender'],
    ['the gateway that a relay names by its address', '192.0.2.8', '192.0.2.1', a],
    ['unknown, where a relay names it otherwise', '192.0.2.8', 'gw-a', 'unknown-sender'],
    ['of two behind one address, the one with the name', '192.0.2.2', 'GW-B', b],
    ['or with the serial number', '192.0.2.2', '4810', b],
    ['of two without a name, none', '192.0.2.2', null, 'ambiguous-sender'],
    ['of two with the same name, none', '192.0.2.3', 'gw-a', 'ambiguous-sender'],
  ] as const)('%s', ([, from, host, expected]) => {
    expect(chooseLineSender(from, () => host, senders, ['192.0.2.8'])).toBe(expected);
  });
});

describe('the port of a channel', () => {
  const PORTS = [1, 2, 3, 4];
  const after = (...channels: string[]): SeenChannels =>
    channels.reduce<SeenChannels>((seen, channel) => seeChannel(seen, channel, PORTS.length), {
      zero: false,
      last: false,
    });
  test.for([
    ['is not known at first', after('2', '3'), '2', 'unknown', { reason: 'base-not-known' }],
    ['counts from 0 once a channel 0 was named', after('2', '0'), '2', 'unknown', { position: 3 }],
    ['counts from 1 once the last one was named', after('4'), '2', 'unknown', { position: 2 }],
    ['is not known again after both', after('0', '4'), '2', 'unknown', { reason: 'base-not-known' }],
    ['is as the record says where it says it', after(), '2', 0, { position: 3 }],
    ['does not exist', after('0'), '4', 'unknown', { reason: 'no-such-port' }],
    ['is none of a trunk', after('0'), '4', null, { reason: 'not-on-a-line' }],
    ['is none without a number', after('0'), 'x', 1, { reason: 'not-sent' }],
  ] as const)('%s', ([, seen, channel, base, expected]) => {
    expect(portOfChannel(channel, base, seen, PORTS)).toEqual(expected);
  });
});
