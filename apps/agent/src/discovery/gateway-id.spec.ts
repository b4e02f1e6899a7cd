import { expect, describe, test } from 'vitest';
import { uuidV5 } from '../core/uuid.ts';
import {
  compareMarks,
  marksOf,
  marksThatMake,
  type RememberedGateway,
  resolveGatewayId,
  sameUnit,
  type Unit,
} from './gateway-id.ts';

const SITE = '0b1c2d3e-4f50-4a6b-8c7d-8e9fa0b1c2d3';
const ENDPOINT = '192.0.2.7:161';
const info = (serial: string | null, macAddress: string | null = null) => ({
  vendor: 'AudioCodes',
  serial,
  macAddress,
});

test('UUIDv5 as in RFC 9562 appendix A.4', () => {
  expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
    '2ed6657d-e927-568b-95e1-2665a8aea6a2',
  );
});

describe('the identity of a new gateway', () => {
  test.for([
    ['its serial number', info('3589', '00:90:8f:12:34:56'), 'serial:AudioCodes:3589'],
    ['its MAC address where it has no serial number', info(null, '00:90:8F:12:34:56'), 'mac:00908f123456'],
    ['its MAC address where the serial number is none', info('0000000', '0090.8f12.3456'), 'mac:00908f123456'],
    ['its address where it reports neither', info(null), `address:${ENDPOINT}`],
    ['its address where both are placeholders', info('Unknown', '00:00:00:00:00:00'), `address:${ENDPOINT}`],
  ] as const)('%s', ([, identity, name]) => {
    const found = resolveGatewayId(SITE, ENDPOINT, identity, null);
    expect(found.name).toBe(name);
    expect(found.gatewayId).toBe(uuidV5(SITE, name));
  });
});

const remembered = (found: ReturnType<typeof info>, endpoint = ENDPOINT): RememberedGateway => ({
  ...resolveGatewayId(SITE, endpoint, found, null),
  vendor: found.vendor,
  marks: marksOf(found),
});

describe('what is at a known address', () => {
  const bySerial = remembered(info('3589'));
  const byMac = remembered(info(null, '00:90:8f:12:34:56'));
  const byAddress = remembered(info(null));
  test.for([
    ['the same gateway', bySerial, info('3589'), 'same'],
    ['the same, telling less this time', bySerial, info(null), 'same'],
    ['the same, telling its MAC address instead', bySerial, info(null, '00:90:8f:12:34:56'), 'same'],
    ['the same, telling more now', byAddress, info('3589'), 'same'],
    ['the same, telling more now than its MAC address', byMac, info('3589', '00:90:8f:12:34:56'), 'same'],
    ['another, by its serial number', bySerial, info('4711'), 'other'],
    ['another, by its MAC address', byMac, info(null, '00:90:8f:99:99:99'), 'other'],
    ['another, by its MAC address, with a serial number now', byMac, info('3589', '00:90:8f:99:99:99'), 'other'],
    ['another, by its vendor, where nothing else is reported', byAddress, { ...info(null), vendor: 'Patton' }, 'other'],
    [
      'the same, while its driver does not know its vendor',
      byAddress,
      { ...info(null), vendor: 'Unknown maker' },
      'same',
    ],
  ] as [string, RememberedGateway, ReturnType<typeof info>, string][])('%s', ([, known, identity, expected]) => {
    const found = resolveGatewayId(SITE, ENDPOINT, identity, known);
    expect(found.gatewayId === known.gatewayId ? 'same' : 'other').toBe(expected);
  });

  test('a gateway that moved to another address keeps its id', () => {
    expect(resolveGatewayId(SITE, '192.0.2.99:161', info('3589'), null).gatewayId).toBe(bySerial.gatewayId);
  });

  test('the same serial number of another maker or site is another gateway', () => {
    const otherMaker = resolveGatewayId(SITE, ENDPOINT, { ...info('3589'), vendor: 'Patton' }, null);
    const otherSite = resolveGatewayId('aaaaaaaa-4f50-4a6b-8c7d-8e9fa0b1c2d3', ENDPOINT, info('3589'), null);
    expect(new Set([bySerial.gatewayId, otherMaker.gatewayId, otherSite.gatewayId]).size).toBe(3);
  });
});

describe('marks that name no unit', () => {
  test.for(['0123456789', '1234567890', '000000', 'AAAA', 'N/A', 'not set', ' ', 'Serial Number'])(
    'serial "%s"',
    (serial) => {
      expect(marksOf(info(serial))).toEqual({});
    },
  );
  test.for(['00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff', '00:11:22:33:44:55', '12'])('MAC address %s', (mac) => {
    expect(marksOf(info(null, mac))).toEqual({});
  });
  test.for([
    ['made of a MAC address', '80001f8803001122aabbcc', true],
    ['made of random octets', '80001f8880a1b2c3d4e5f60718', true],
    ['by the vendor, before RFC 3411', '0000161b0a0b0c0d0e0f0102', true],
    ['made of the IPv4 address, which may change', '80001f8801c0000207', false],
    ['all zeros', '80001f888000000000', false],
    ['too short', '8000', false],
  ] as const)('engine id %s', ([, engineId, counts]) => {
    expect(marksOf({ ...info(null), engineId })['engine-id'] !== undefined).toBe(counts);
  });
});

describe('two readings', () => {
  const marks = (serial: string | null, mac: string | null = null, engineId: string | null = null) =>
    marksOf({ ...info(serial, mac), engineId });
  const [E1, E2] = ['80001f8880a1b2c3d4e5f60718', '80001f8880ffeeddccbbaa99'];
  test.for([
    [
      'of one serial number are of one unit, also with another board',
      marks('1', '00:90:8f:00:00:01'),
      marks('1', '00:90:8f:00:00:02'),
      'same',
    ],
    [
      'of two serial numbers are of two, also with one MAC address',
      marks('1', '00:90:8f:00:00:01'),
      marks('2', '00:90:8f:00:00:01'),
      'other',
    ],
    ['of one MAC address are of one unit', marks(null, '00:90:8f:00:00:01'), marks('2', '00:90:8f:00:00:01'), 'same'],
    ['of one engine are of one unit', marks(null, null, E1), marks('2', null, E1), 'same'],
    ['of two engine ids alone are unknown', marks(null, null, E1), marks(null, null, E2), 'unknown'],
    ['that share no kind of mark are unknown', marks('1'), marks(null, '00:90:8f:00:00:01'), 'unknown'],
  ] as const)('%s', ([, a, b, expected]) => {
    expect(compareMarks(a, b)).toBe(expected);
    expect(compareMarks(b, a)).toBe(expected);
  });
});

describe('a gateway at a new address', () => {
  const OTHER = '192.0.2.99:161';
  const MAC = '00:90:8f:12:34:56';
  test('keeps the id it had by its address, once it has reported its MAC address', () => {
    const known = { ...remembered(info(null)), marks: marksOf(info(null, MAC)) };
    expect(resolveGatewayId(SITE, OTHER, info(null, MAC), null, [known]).gatewayId).toBe(known.gatewayId);
  });
  test('that exchanged addresses with another is recognised, as is the other', () => {
    const [a, b] = [remembered(info('1')), remembered(info('2'), OTHER)];
    expect(resolveGatewayId(SITE, ENDPOINT, info('2'), a, [b]).gatewayId).toBe(b.gatewayId);
    expect(resolveGatewayId(SITE, OTHER, info('1'), b, [a]).gatewayId).toBe(a.gatewayId);
  });
  test('with a copied serial number is distinguished by its other marks, and finally by its address', () => {
    const first = remembered(info('1', '00:90:8f:00:00:01'));
    const spent = new Set(['serial:AudioCodes:1']);
    const second = resolveGatewayId(SITE, OTHER, info('1', '00:90:8f:00:00:02'), null, [first], spent);
    expect(second).toMatchObject({ basis: 'mac', name: 'mac:00908f000002' });
    const third = resolveGatewayId(SITE, OTHER, info('1'), null, [first], spent);
    expect(third).toMatchObject({ basis: 'address', name: `address:${OTHER}` });
  });
  test('with only its address does not get the id of the one that was there', () => {
    const known = remembered(info(null));
    const found = resolveGatewayId(SITE, ENDPOINT, { ...info(null), vendor: 'Patton' }, known);
    expect(found).toMatchObject({ basis: 'address', name: `address:${ENDPOINT}/Patton` });
    expect(found.gatewayId).not.toBe(known.gatewayId);
  });
});

describe('the same identity at two addresses at once', () => {
  const unit = (bootedAtMs: number | null, readAtMs: number, mac?: string): Unit => ({
    marks: mac === undefined ? {} : { mac },
    bootedAtMs,
    readAtMs,
  });
  test.for([
    ['is one unit where both started together', unit(-500_000, 0), unit(-510_000, 60_000), 'same'],
    ['is two where they started apart', unit(-500_000, 0), unit(-9_000_000, 60_000), 'different'],
    ['is two where their MAC addresses differ', unit(-500_000, 0, 'mac:1'), unit(-500_000, 0, 'mac:2'), 'different'],
    [
      'is not known where one may have started since the other was read',
      unit(-500_000, 0),
      unit(30_000, 60_000),
      'unknown',
    ],
    ['is unknown where one reports no uptime', unit(null, 0), unit(-500_000, 0), 'unknown'],
  ] as const)('%s', ([, a, b, expected]) => {
    expect(sameUnit(a, b)).toBe(expected);
    expect(sameUnit(b, a)).toBe(expected);
  });
});

describe('a merged gateway', () => {
  const left = 'cccccccc-0000-4000-8000-000000000001';
  const id = (name: string) => uuidV5(SITE, name);
  const merges = new Map([
    [id('serial:AudioCodes:3589'), left],
    [id(`address:${ENDPOINT}`), left],
  ]);
  const none: ReadonlySet<string> = new Set();
  const present: RememberedGateway = { ...remembered(info(null), '192.0.2.99:161'), gatewayId: left };
  const resolve = (
    found: ReturnType<typeof info>,
    known: RememberedGateway | null,
    elsewhere: RememberedGateway[] = [],
    spent = none,
  ) => resolveGatewayId(SITE, ENDPOINT, found, known, elsewhere, spent, merges);

  test.for<[string, ReturnType<typeof resolve>, string]>([
    ['goes by that where its serial number makes its former id', resolve(info('3589'), null), left],
    ['goes by that where its address makes its former id', resolve(info(null), null), left],
    [
      'is not taken for one of another vendor that came after it',
      resolve({ ...info(null), vendor: 'Patton' }, { ...present, basis: 'address' }),
      id(`address:${ENDPOINT}/Patton`),
    ],
    [
      'is not taken for one that reports nothing, where it is known elsewhere',
      resolve(info(null), null, [present]),
      id(`address:${ENDPOINT}/AudioCodes`),
    ],
    [
      'does not give its id to a unit that has its serial number too',
      resolve(info('3589'), null, [present], new Set(['serial:AudioCodes:3589'])),
      id(`address:${ENDPOINT}/AudioCodes`),
    ],
  ])('%s', ([, found, expected]) => {
    expect(found.gatewayId).toBe(expected);
  });

  test('is identified by these of its marks', () => {
    const marks = marksOf(info('3589', '00:90:8f:12:34:56'));
    const by = (name: string) => ({ gatewayId: left, basis: 'serial' as const, name });
    expect(marksThatMake(SITE, by('serial:AudioCodes:1'), marks, merges)).toEqual(['serial:AudioCodes:3589']);
    expect(marksThatMake(SITE, by('mac:00908f123456'), marks, new Map())).toEqual(['mac:00908f123456']);
  });
});
