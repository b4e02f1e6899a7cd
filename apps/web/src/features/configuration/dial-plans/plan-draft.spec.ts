import { DialPlanText } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { movedUp, newPlan, newRule, planDraftOf, planInputOf } from './plan-draft.ts';

const rule = (label: string, pattern: string) => ({ ...newRule(), label, pattern });

describe('a dial plan as it is edited', () => {
  test('is the same after it was stored', () => {
    const draft = { ...newPlan(), name: 'Office', outsideLineDigit: '9', rules: [rule('Outside', '9|0x{9,10}')] };
    expect(planDraftOf({ name: 'Office', value: DialPlanText.parse(planInputOf(draft)) as never })).toEqual(draft);
  });

  test('is refused with the rule and the field that cannot be read', () => {
    const draft = { ...newPlan(), rules: [rule('Good', '1xx'), rule('Bad', '1y')] };
    const { error } = DialPlanText.safeParse(planInputOf(draft));
    expect(error?.issues.map(({ path }) => path)).toEqual([['rules', 1, 'pattern']]);
  });

  test('a time that is no number is refused, not taken for 0', () => {
    const { error } = DialPlanText.safeParse(
      planInputOf({ ...newPlan(), rules: [rule('A', '1')], shortTimeoutMs: '' }),
    );
    expect(error?.issues.map(({ path }) => path)).toEqual([['shortTimeoutMs']]);
  });

  test('a value that is no plan is not shown as one', () => {
    expect(planDraftOf({ name: 'Office', value: { rules: [] } })).toBeNull();
  });

  test('a rule moves above the one before it, and the first stays', () => {
    const rules = [rule('A', '1'), rule('B', '2'), rule('C', '3')];
    expect(movedUp(rules, 2).map(({ label }) => label)).toEqual(['A', 'C', 'B']);
    expect(movedUp(rules, 0)).toEqual(rules);
  });
});
