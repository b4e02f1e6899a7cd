import { expect, test } from 'vitest';
import { planErrors, unreachableRules } from './check-plan.ts';
import { parsePattern } from './parse-pattern.ts';
import type { DialPlan, DialRule } from './plan.ts';

function rule(text: string, part: Partial<DialRule> = {}): DialRule {
  const parsed = parsePattern(text);
  if (!parsed.ok) throw new Error(text);
  const { pattern, strip } = parsed;
  return {
    id: text,
    label: text,
    match: pattern,
    strip,
    timer: 'none',
    prepend: '',
    class: 'other',
    action: 'send',
    ...part,
  };
}
const planOf = (rules: DialRule[], part: Partial<DialPlan> = {}): DialPlan => ({
  outsideLineDigit: '9',
  rules,
  emergencyNumbers: [{ number: '112', sendAs: null }],
  interDigitTimeoutMs: 4000,
  shortTimeoutMs: 2000,
  sendKey: '#',
  ...part,
});
const codes = (plan: DialPlan) => planErrors(plan).map(({ code, ruleId }) => `${code} ${ruleId}`);

test('a sound plan has no errors', () => {
  expect(codes(planOf([rule('112'), rule('9|112', { prepend: '+44' }), rule('x{2,}')]))).toEqual([]);
});

test.each([
  ['two rules of one id', planOf([rule('112'), rule('112')]), 'duplicate-id 112'],
  ['a pattern without keys', planOf([rule('1', { match: [] })]), 'pattern-invalid 1'],
  ['a set without keys', planOf([rule('1', { match: [{ keys: 0, min: 1, max: 1 }] })]), 'pattern-invalid 1'],
  [
    'a key that no telephone has',
    planOf([rule('1', { match: [{ keys: 0x1000, min: 1, max: 1 }] })]),
    'pattern-invalid 1',
  ],
  ['a count upside down', planOf([rule('1', { match: [{ keys: 1, min: 3, max: 2 }] })]), 'pattern-invalid 1'],
  ['half a key', planOf([rule('1', { match: [{ keys: 1, min: 0.5, max: 1 }] })]), 'pattern-invalid 1'],
  ['a pattern of 33 keys', planOf([rule('1', { match: [{ keys: 1, min: 33, max: null }] })]), 'pattern-invalid 1'],
  ['more stripped than dialled', planOf([rule('12', { strip: 3 })]), 'strip-too-long 12'],
  ['text that would end a rule', planOf([rule('12', { prepend: '1>x|<9=' })]), 'prepend-invalid 12'],
  ['+ inside', planOf([rule('12', { prepend: '4+4' })]), 'prepend-invalid 12'],
  ['an outside line of two digits', planOf([], { outsideLineDigit: '90' }), 'outside-line-invalid null'],
  ['no time for the next key', planOf([], { interDigitTimeoutMs: 0 }), 'timeout-invalid null'],
  ['a time that is no number', planOf([], { shortTimeoutMs: Number.NaN }), 'timeout-invalid null'],
  [
    'a number in words',
    planOf([], { emergencyNumbers: [{ number: 'police', sendAs: null }] }),
    'emergency-number-invalid null',
  ],
])('%s', (_name, plan, expected) => {
  expect(codes(plan)).toEqual([expected]);
});

test('a rule is out of reach where others take each of its numbers, or end dialling before', () => {
  const ids = (rules: DialRule[]) => unreachableRules(planOf(rules), { blocked: [] })?.map(({ id }) => id);
  expect(ids([rule('99'), rule('998')])).toEqual(['998']);
  expect(ids([rule('99', { timer: 'short' }), rule('998')])).toEqual([]);
  expect(ids([rule('9xx'), rule('998')])).toEqual(['998']);
  expect(ids([rule('998'), rule('9xx')])).toEqual([]);
  expect(ids([rule('x{0,16}1x{15}')])).toBeUndefined();
});
