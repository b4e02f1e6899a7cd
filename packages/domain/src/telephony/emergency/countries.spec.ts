import { expect, test } from 'vitest';
import { COUNTRY_EMERGENCY, countryEmergency } from './countries.ts';
import { dialledForms, siteEmergencyNumbers } from './required-paths.ts';

test('each country stands once, with its numbers once each', () => {
  expect(COUNTRY_EMERGENCY.length).toBeGreaterThanOrEqual(50);
  const countries = COUNTRY_EMERGENCY.map(({ country }) => country);
  expect(new Set(countries).size).toBe(countries.length);
  for (const { country, numbers } of COUNTRY_EMERGENCY) {
    expect(country).toMatch(/^[A-Z]{2}$/);
    expect(new Set(numbers).size, country).toBe(numbers.length);
    for (const number of numbers) expect(number, country).toMatch(/^\d{2,5}$/);
  }
});

test('112 is answered in every country of the European Union in the table', () => {
  for (const { country, source, numbers } of COUNTRY_EMERGENCY)
    if (source === 'eu-112') expect(numbers, country).toContain('112');
});

test('a country that the table lacks is unknown, not without emergency numbers', () => {
  expect(countryEmergency('XX')).toBeNull();
  expect(countryEmergency('gb')?.numbers).toEqual(['999', '112']);
});

test('a site adds numbers and may say how one is sent', () => {
  const own = [
    { number: '2222', sendAs: null, internal: true },
    { number: '112', sendAs: '0112' },
  ];
  expect(siteEmergencyNumbers('GB', own)).toEqual([{ number: '999', sendAs: null }, own[1], own[0]]);
  expect(siteEmergencyNumbers(null, own)).toEqual(own);
});

test.each([
  ['999', '9', ['999', '9999']],
  ['112', '9', ['112', '9112']],
  ['112', null, ['112']],
] as const)('%s with outside line %s is dialled as %s', (number, digit, forms) => {
  expect(dialledForms(number, digit)).toEqual(forms);
});
