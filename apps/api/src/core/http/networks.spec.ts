import { describe, expect, test } from 'vitest';
import { isNetwork, isWithin } from './networks.ts';

describe('a network', () => {
  test.for([
    ['192.0.2.0/24', true],
    ['192.0.2.1', true],
    ['2001:db8::/32', true],
    ['2001:db8::1', true],
    ['0.0.0.0/0', true],
    ['192.0.2.1/24', false],
    ['192.0.2.0/33', false],
    ['fe80::1%eth0', false],
    ['office', false],
    ['', false],
  ] as const)('%j: %s', ([text, is]) => expect(isNetwork(text)).toBe(is));
});

describe('an address', () => {
  test.for([
    ['192.0.2.7', ['192.0.2.0/24'], true],
    ['::ffff:192.0.2.7', ['192.0.2.0/24'], true],
    ['192.0.3.7', ['192.0.2.0/24', '192.0.3.7'], true],
    ['192.0.3.8', ['192.0.2.0/24', '192.0.3.7'], false],
    ['2001:db8::5', ['2001:db8::/32'], true],
    ['2001:db8::5', ['0.0.0.0/0'], false],
    ['unknown', ['0.0.0.0/0', '::/0'], false],
    ['192.0.2.7', [], false],
  ] as const)('%s in %j: %s', ([address, networks, is]) => expect(isWithin(address, networks)).toBe(is));
});
