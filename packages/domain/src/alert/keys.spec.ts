import { expect, test } from 'vitest';
import {
  conditionKey,
  firmwareOf,
  isOfOneCustomer,
  isSamePlace,
  portSubjectId,
  registrarId,
  registrarIdsOf,
} from './keys.ts';
import type { AlertPlace } from './types.ts';

test('the key of a condition names its subject, or the type of one that has no id', () => {
  expect(conditionKey('gateway-unreachable', { type: 'gateway', id: 'g' })).toBe('gateway-unreachable@gateway:g');
  expect(conditionKey('gateway-unreachable', { type: 'operator', id: '' })).toBe('gateway-unreachable@operator');
  expect(portSubjectId('g', 7)).toBe('g/7');
});

test.for<[string | null, string | null, string | null]>([
  ['MP-114', '6.60A', 'MP-114 6.60A'],
  ['MP-114', null, null],
  // They may be of any model: that nothing is known of either is nothing that they share.
  [null, '6.60A', null],
  [null, null, null],
])('gateways of model %s and firmware %s share %s', ([model, firmware, shared]) => {
  expect(firmwareOf({ model, firmware })).toBe(shared);
});

test.for([
  [registrarId.of('sip.example'), 'registrar:sip.example', false],
  [registrarId.ofCustomer('c'), 'registrar:customer/c', true],
  [registrarId.unknown, 'registrar:', false],
] as const)('%s is what gateways of one SIP server share', ([id, text, oneCustomer]) => {
  expect(id).toBe(text);
  expect(isOfOneCustomer(id)).toBe(oneCustomer);
});

test.for<[registrar: string | null, customerId: string | null, ids: string[]]>([
  ['sip.example', 'c', ['registrar:sip.example']],
  ['sip.example', null, ['registrar:sip.example']],
  [null, 'c', ['registrar:', 'registrar:customer/c']],
  [null, null, ['registrar:']],
])('a gateway with server %s of customer %s is taken to use %j', ([registrar, customerId, ids]) => {
  expect(registrarIdsOf(registrar, customerId)).toEqual(ids);
});

const PLACE: AlertPlace = {
  customerId: 'c',
  siteId: 's',
  agentId: 'a',
  gatewayId: 'g',
  position: 1,
  lineDeviceClass: 'fax',
};

test('places are the same where every level is', () => {
  expect(isSamePlace(PLACE, PLACE)).toBe(true);
  expect(isSamePlace(PLACE, { ...PLACE })).toBe(true);
});

test.for(Object.keys(PLACE))('places that differ in %s are two', (level) => {
  expect(isSamePlace(PLACE, { ...PLACE, [level]: null })).toBe(false);
});
