import { describe, expect, test } from 'vitest';
import { compileDialPlan, type DigitMap, type DigitMapLanguage } from '../digit-maps/index.ts';
import { agreement, disagreement } from './dial-agreement.ts';
import { dialledOf, planOf, randomOf } from './dial-plans.ts';

const NUMBERS = 3000;
/** Numbers dialled with one plan. `npm run bench -- dial-plans` has many more plans. */
const PER_PLAN = 150;

/** The tests that plan and map agree, for one language. */
export function describeAgreement(language: DigitMapLanguage): void {
  describe(`plans in the language of ${language}`, () => {
    test('plan and map treat every number alike, or a finding names the rule', () => {
      const { failures, numbers, compiled, plans, sent } = agreement(language, NUMBERS, PER_PLAN);
      expect(failures).toEqual([]);
      expect(numbers).toBeGreaterThanOrEqual(NUMBERS);
      // There must be something to compare: most plans compile, and much of what is dialled is sent.
      expect(compiled / plans).toBeGreaterThan(0.6);
      expect(sent / numbers).toBeGreaterThan(0.3);
    });

    test('a map that was changed behind the plan is noticed', () => {
      let changed = 0;
      let noticed = 0;
      for (let seed = 1; seed <= 10; seed += 1) {
        const plan = planOf(seed, { rewrites: false, bars: false });
        const service = { blocked: [] };
        const compiled = compileDialPlan(language, plan, service);
        if (!compiled.ok) continue;
        const map = JSON.parse(JSON.stringify(compiled.map).replace('112', '113')) as DigitMap;
        const random = randomOf(seed);
        const numbers = ['112', '113', ...Array.from({ length: 20 }, () => dialledOf(plan, random))];
        changed += 1;
        if (numbers.some((keys) => disagreement(plan, service, { ...compiled, map }, keys) !== null)) noticed += 1;
      }
      expect(changed).toBeGreaterThan(5);
      expect(noticed).toBe(changed);
    });
  });
}
