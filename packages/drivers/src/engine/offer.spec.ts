import { expect, test } from 'vitest';
import { eltexTau } from '../vendors/eltex/eltex-tau.driver.ts';
import { driverMetadata } from '../catalogue.ts';
import { port } from '../testing/support.ts';
import { isOffered, offerInWords } from './offer.ts';
import { planAction } from './slices/actions.ts';

const LATE = { firmware: { from: '2.7' } };
const EARLY = { firmware: { before: '6.60' } };
test.for([
  ['the first version that has it', LATE, '2.7', true],
  ['a later one, by number and not by letter', LATE, '2.10.1', true],
  ['an earlier one', LATE, '2.6.9', false],
  ['a version behind a name', LATE, 'TAU-SIP 2.6', false],
  ['the first version without it', EARLY, '6.60A.309.001', false],
  ['the one before', EARLY, '6.59', true],
  ['a unit that does not report its version', LATE, null, true],
  ['a version without a number', LATE, 'beta', true],
] as const)('%s', ([, offer, firmware, expected]) => {
  expect(isOffered(offer, { model: 'TAU-72.IP', firmware })).toBe(expected);
});

test('a model that is not listed does not have it, an unknown one may', () => {
  const offer = { models: ['TAU-72.IP'] };
  expect(['TAU-72.IP', 'TAU-36.IP', null].map((model) => isOffered(offer, { model, firmware: null }))).toEqual([
    true,
    false,
    true,
  ]);
});

test('is put in words', () => {
  expect(offerInWords({})).toBe('');
  expect(offerInWords({ models: ['TAU-72.IP', 'TAU-36.IP'], ...LATE })).toBe(
    'TAU-72.IP, TAU-36.IP; firmware 2.7 or later',
  );
});

test('limits an action: by its plan, and in the catalogue', () => {
  const plan = (firmware: string | null) => planAction(eltexTau, 'line-test', port(1, '1'), { model: null, firmware });
  expect(plan('2.6')).toEqual({ unsupported: 'This gateway cannot run a line test: it takes firmware 2.7 or later.' });
  expect(plan('2.7')).toHaveProperty('steps');
  expect(plan(null)).toHaveProperty('steps');
  expect(driverMetadata().find(({ id }) => id === 'eltex-tau')?.actionOffers).toEqual({ 'line-test': LATE });
});
