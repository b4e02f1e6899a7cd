import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clientAddress, type Hops, networkOf, parseTrustedProxies } from './client-address.ts';

const KEY = 'a key of the console, 32 characters';
const ask = (peer: string, forwarded: string | undefined, hops: Partial<Hops> = {}, key?: string) =>
  clientAddress(
    {
      socket: { remoteAddress: peer },
      headers: {
        ...(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }),
        ...(key === undefined ? {} : { 'x-loopstart-console': key }),
      },
    },
    { trusted: [], consoleKey: KEY, ...hops },
  );
const behind = { trusted: parseTrustedProxies('10.0.0.0/8, 2001:db8::1') };

describe('who asks', () => {
  test.for([
    ['a connection without a header', ask('203.0.113.7', undefined), '203.0.113.7'],
    ['an untrusted host that names another', ask('203.0.113.7', '198.51.100.1'), '203.0.113.7'],
    ['an untrusted process on this machine', ask('127.0.0.1', '198.51.100.1'), '127.0.0.1'],
    ['an untrusted host with a guessed key', ask('127.0.0.1', '198.51.100.1', {}, 'guess'), '127.0.0.1'],
    [
      'an untrusted host where no console is known',
      ask('127.0.0.1', '1.1.1.1', { consoleKey: undefined }, ''),
      '127.0.0.1',
    ],
    ['a browser at our console', ask('127.0.0.1', '203.0.113.7', {}, KEY), '203.0.113.7'],
    [
      'a browser that forged the header at our console',
      ask('127.0.0.1', '9.9.9.9, 203.0.113.7', {}, KEY),
      '203.0.113.7',
    ],
    [
      'a browser behind a proxy before our console',
      ask('127.0.0.1', '203.0.113.7, 10.1.1.1', behind, KEY),
      '203.0.113.7',
    ],
    ['a forger behind that proxy', ask('127.0.0.1', '9.9.9.9, 203.0.113.7, 10.1.1.1', behind, KEY), '203.0.113.7'],
    ['a client behind a proxy before the API', ask('10.1.1.1', '203.0.113.7', behind), '203.0.113.7'],
    ['a client behind two proxies', ask('2001:db8::1', '203.0.113.7, 10.1.1.1', behind), '203.0.113.7'],
    ['an address that is mapped into IPv6', ask('::ffff:10.1.1.1', '::ffff:203.0.113.7', behind), '203.0.113.7'],
    ['a proxy that does not know its client', ask('10.1.1.1', 'unknown', behind), '10.1.1.1'],
    ['a proxy without the header', ask('10.1.1.1', undefined, behind), '10.1.1.1'],
  ])('%s', ([, address, expected]) => {
    expect(address).toBe(expected);
  });

  test('an untrusted host keeps its own address, whatever headers it sends', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, key) => ask('203.0.113.7', text, behind, key) === '203.0.113.7'),
    );
  });
});

test('hosts of IPv6 count by their /64, of IPv4 each', () => {
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
  expect(networkOf('203.0.113.7')).toBe('203.0.113.7');
  expect(networkOf('unknown')).toBe('unknown');
});

test('an invalid proxy is named', () => {
  expect(parseTrustedProxies('')).toEqual([]);
  expect(() => parseTrustedProxies('10.0.0.1, proxy.example.com')).toThrow('"proxy.example.com" is neither');
  expect(() => parseTrustedProxies('10.0.0.0/40')).toThrow('"10.0.0.0/40" is neither');
});
