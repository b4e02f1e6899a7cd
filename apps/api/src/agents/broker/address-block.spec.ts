import { expect, test } from 'vitest';
import { addressBlock } from './address-block.ts';

test.for([
  ['an IPv4 address is itself', '203.0.113.7', '203.0.113.7'],
  ['an IPv4 address in IPv6 clothes is the same', '::ffff:203.0.113.7', '203.0.113.7'],
  ['an IPv6 address counts by its /64', '2001:db8:1:2:aaaa:bbbb:cccc:dddd', '2001:db8:1:2::/64'],
  ['in any abbreviation', '2001:db8:1:2::1', '2001:db8:1:2::/64'],
  ['zeros inside the prefix included', '2001:0db8::1', '2001:db8:0:0::/64'],
  ['loopback', '::1', '0:0:0:0::/64'],
  ['an interface is left out', 'fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['an IPv4 ending is two groups', '64:ff9b::203.0.113.7', '64:ff9b:0:0::/64'],
  ['what is no address is itself', 'nowhere', 'nowhere'],
] as const)('%s', ([, address, block]) => {
  expect(addressBlock(address)).toBe(block);
});
