import { COUNTRY_EMERGENCY, type DialPlan, siteEmergencyNumbers } from '@loopstart/domain';
import { expect, test } from 'vitest';
import { ruleOf } from '../testing/dial-plans.ts';
import { compileDialPlan, DIGIT_MAP_LANGUAGES, emergencyGate } from './index.ts';

/** A plan of a site in a country: its emergency numbers with and without the outside-line digit, then the rest. */
function planFor(country: string, outsideLineDigit: string, strips: boolean): DialPlan {
  const emergencyNumbers = siteEmergencyNumbers(country);
  const numbers = emergencyNumbers.map(({ number }) => number);
  const rules = [
    ...numbers.map((number) => ruleOf(number, { class: 'emergency', timer: 'none' })),
    ...numbers.map((number) =>
      ruleOf(`${outsideLineDigit}${strips ? '|' : ''}${number}`, { class: 'emergency', timer: 'none' }),
    ),
    ruleOf('[67]xx', { class: 'internal' }),
    ruleOf(`${outsideLineDigit}${strips ? '|' : ''}2x{6,}`, { class: 'national', timer: 'long' }),
  ];
  return {
    outsideLineDigit,
    serverTakesOutsideLineDigit: !strips,
    // A number in two forms is one rule: 9 and 99 for an outside line 9.
    rules: rules.filter(({ id }, index) => rules.findIndex((other) => other.id === id) === index),
    emergencyNumbers,
    interDigitTimeoutMs: 4000,
    shortTimeoutMs: 2000,
    sendKey: '#',
  };
}

test('the table has the countries', () => {
  expect(COUNTRY_EMERGENCY.length).toBeGreaterThanOrEqual(30);
});

test.each(DIGIT_MAP_LANGUAGES)('%s: every emergency number of every country is reached in every form', (language) => {
  let forms = 0;
  for (const { country } of COUNTRY_EMERGENCY) {
    const plan = planFor(country, '9', language !== 'mediatrix');
    const service = { blocked: ['national', 'premium', 'emergency'] as const };
    const compiled = compileDialPlan(language, plan, service);
    expect(compiled, country).toMatchObject({ ok: true });
    if (!compiled.ok) continue;
    const port = { plan, service, alarmReceivers: [], liftCentres: [], map: compiled.map, ruleIds: compiled.ruleIds };
    const [result] = emergencyGate([port]);
    expect(result?.findings, country).toEqual([]);
    forms += result!.paths.length;
  }
  expect(forms).toBe(COUNTRY_EMERGENCY.reduce((sum, { numbers }) => sum + 2 * numbers.length, 0));
});
