import { describe, expect, test } from 'vitest';
import { plainAddress, readAddress } from './address-range.ts';

describe("a target's address", () => {
  test.for([
    ['192.0.2.7', { kind: 'one', address: '192.0.2.7', isName: false }],
    ['2001:db8::7', { kind: 'one', address: '2001:db8::7', isName: false }],
    ['gw1.example.com', { kind: 'one', address: 'gw1.example.com', isName: true }],
    ['gw_1', { kind: 'one', address: 'gw_1', isName: true }],
    ['192.0.2.8/30', { kind: 'range', hosts: ['192.0.2.9', '192.0.2.10'] }],
    ['192.0.2.9/30', { kind: 'range', hosts: ['192.0.2.9', '192.0.2.10'] }],
    ['192.0.2.9/31', { kind: 'range', hosts: ['192.0.2.8', '192.0.2.9'] }],
    ['192.0.2.9/32', { kind: 'range', hosts: ['192.0.2.9'] }],
    ['255.255.255.252/30', { kind: 'range', hosts: ['255.255.255.253', '255.255.255.254'] }],
  ] as const)('%s', ([text, expected]) => {
    const spec = readAddress(text);
    expect(spec.kind === 'range' ? { kind: 'range', hosts: [...spec.hosts] } : spec).toEqual(expected);
  });

  test.for([
    ['10.0.0.0/21', /too wide: at most a \/22/],
    ['10.0.0.0/33', /no IPv4 range/],
    ['10.0.0/24', /no IPv4 range/],
    ['10.0.0.256', /no address/],
    ['10.0.0', /no address/],
    ['2001:db8::/64', /no address/],
    ['host name', /no address/],
    ['-x', /no address/],
    ['', /no address/],
  ] as const)('%s is refused', ([text, reason]) => {
    expect(readAddress(text)).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) });
  });

  test('the widest range has 1022 hosts', () => {
    const range = readAddress('10.0.4.0/22');
    if (range.kind !== 'range') throw new Error('it is a range');
    const hosts = [...range.hosts];
    expect([range.hosts.count, hosts.length, hosts[0], hosts.at(-1)]).toEqual([1022, 1022, '10.0.4.1', '10.0.7.254']);
    const asked = ['10.0.4.0', '10.0.4.1', '10.0.7.254', '10.0.7.255', 'gw1.example.com', '::1'];
    expect(asked.map((address) => range.hosts.includes(address))).toEqual([false, true, true, false, false, false]);
  });

  test.for([
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['192.0.2.7', '192.0.2.7'],
    ['2001:DB8::7', '2001:db8::7'],
  ] as const)('%s in one spelling', ([text, expected]) => {
    expect(plainAddress(text)).toBe(expected);
  });
});
