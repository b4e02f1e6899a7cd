import { expect, describe, test } from 'vitest';
import { uuidV5 } from '../core/uuid.ts';
import { resolveGatewayId, type KnownIdentity } from './gateway-id.ts';

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

describe('what a new gateway is known by', () => {
  test.for([
    ['its serial number', info('3589', '00:90:8f:12:34:56'), 'serial:AudioCodes:3589'],
    ['its MAC address where it has no serial number', info(null, '00:90:8F:12:34:56'), 'mac:00908f123456'],
    ['its MAC address where the serial number is none', info('0000000', '0090.8f12.3456'), 'mac:00908f123456'],
    ['its address where it tells neither', info(null), `address:${ENDPOINT}`],
    ['its address where both are placeholders', info('Unknown', '00:00:00:00:00:00'), `address:${ENDPOINT}`],
  ] as const)('%s', ([, identity, name]) => {
    const found = resolveGatewayId(SITE, ENDPOINT, identity, null);
    expect(found.name).toBe(name);
    expect(found.gatewayId).toBe(uuidV5(SITE, name));
  });
});

describe('what is at a known address', () => {
  const bySerial = resolveGatewayId(SITE, ENDPOINT, info('3589'), null);
  const byMac = resolveGatewayId(SITE, ENDPOINT, info(null, '00:90:8f:12:34:56'), null);
  const byAddress = resolveGatewayId(SITE, ENDPOINT, info(null), null);
  test.for([
    ['the same gateway', bySerial, info('3589'), 'same'],
    ['the same, telling less this time', bySerial, info(null), 'same'],
    ['the same, telling its MAC address instead', bySerial, info(null, '00:90:8f:12:34:56'), 'same'],
    ['the same, telling more now', byAddress, info('3589'), 'same'],
    ['the same, telling more now than its MAC address', byMac, info('3589', '00:90:8f:12:34:56'), 'same'],
    ['another, by its serial number', bySerial, info('4711'), 'other'],
    ['another, by its MAC address', byMac, info(null, '00:90:8f:99:99:99'), 'other'],
    ['another, by its MAC address, with a serial number now', byMac, info('3589', '00:90:8f:99:99:99'), 'other'],
  ] as [string, KnownIdentity, ReturnType<typeof info>, string][])('%s', ([, known, identity, expected]) => {
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
