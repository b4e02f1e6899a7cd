import { describe, expect, test } from 'vitest';
import { evaluatePlan } from './evaluate.ts';
import { type DialPlanText, type DialRuleText, readDialPlan } from './plan-text.ts';

const rule = (pattern: string, more: Partial<DialRuleText> = {}): DialRuleText => ({
  label: 'a rule',
  pattern,
  timer: 'short',
  prepend: '',
  class: 'national',
  action: 'send',
  ...more,
});
const planOf = (...rules: DialRuleText[]): DialPlanText => ({
  outsideLineDigit: '9',
  rules,
  interDigitTimeoutMs: 4000,
  shortTimeoutMs: 2000,
  sendKey: '#',
});

describe('a dial plan as it is stored', () => {
  test('is read with its strip marks, and does what its text says', () => {
    const read = readDialPlan(planOf(rule('9|0[2-7]xxxxxxxx', { prepend: '+44' }), rule('9|00x+', { action: 'bar' })));
    if (!read.ok) throw new Error('it was not read');
    const plan = { ...read.plan, emergencyNumbers: [] };
    expect(evaluatePlan(plan, { blocked: [] }, '90212345678')).toMatchObject({
      outcome: 'sent',
      number: '+440212345678',
    });
    expect(evaluatePlan(plan, { blocked: [] }, '9001234')).toMatchObject({ outcome: 'barred' });
  });

  test('names every rule that cannot be read, with the position', () => {
    expect(readDialPlan(planOf(rule('9'), rule('9y'), rule('x', { prepend: 'a' })))).toEqual({
      ok: false,
      problems: [
        { rule: 1, field: 'pattern', expected: 'a key (0 to 9, * or #), x, [ or | at position 2, where y is' },
        { rule: 2, field: 'prepend', expected: 'the digits 0 to 9, *, # and +' },
      ],
    });
  });
});
