import { expect, test } from 'vitest';
import { catchMutant } from '../testing/catch-mutant.ts';
import { mutantOf } from '../testing/dial-mutations.ts';
import { planOf } from '../testing/dial-plans.ts';
import {
  compileDialPlan,
  DIGIT_MAP_LANGUAGES,
  type DigitMapLanguage,
  emergencyGate,
  type MappedPort,
} from './index.ts';

const BROKEN = 100;
const NO_DEVICES = { alarmReceivers: [], liftCentres: [] };
const PLANS = 6;

/** A port that reaches everything, for each language and plan that has one. */
function healthyPorts(language: DigitMapLanguage): MappedPort[] {
  return Array.from({ length: PLANS }, (_, index) => index + 1).flatMap((seed) => {
    const plan = planOf(seed, { rewrites: language !== 'mediatrix', bars: false });
    const service = { blocked: [] };
    const compiled = compileDialPlan(language, plan, service);
    if (!compiled.ok) return [];
    const port: MappedPort = { plan, service, ...NO_DEVICES, map: compiled.map, ruleIds: compiled.ruleIds };
    return emergencyGate([port])[0]!.findings.length > 0 ? [] : [port];
  });
}

test('the gate catches 100 of 100 changes that break an emergency number, over all languages', () => {
  const healthy = new Map(DIGIT_MAP_LANGUAGES.map((language) => [language, healthyPorts(language)]));
  const caught = { refused: 0, byGate: 0, byMapAlone: 0 };
  const missed: string[] = [];
  for (let seed = 1, broken = 0; broken < BROKEN; seed += 1) {
    const language = DIGIT_MAP_LANGUAGES[seed % DIGIT_MAP_LANGUAGES.length]!;
    const ports = healthy.get(language)!;
    const before = ports[seed % ports.length]!;
    const result = catchMutant(language, before, seed);
    if (result === 'harmless') continue;
    broken += 1;
    if (result === 'missed') missed.push(`${language} ${seed} ${mutantOf(before.plan, seed).name}`);
    else {
      if (result === 'refused') caught.refused += 1;
      else caught.byGate += 1;
      if (result === 'map') caught.byMapAlone += 1;
    }
  }
  expect(missed).toEqual([]);
  expect(caught.refused + caught.byGate).toBe(BROKEN);
  // Both nets must have caught something, or one of them is not tested here.
  expect(caught.refused).toBeGreaterThan(5);
  expect(caught.byMapAlone).toBeGreaterThan(20);
});
