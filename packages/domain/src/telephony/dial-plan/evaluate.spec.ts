import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Automaton } from './automaton.ts';
import { evaluatePlan } from './evaluate.ts';
import { DIGITS, TELEPHONE_KEYS } from './keys.ts';
import { parsePattern } from './parse-pattern.ts';
import type { DialPlan, DialRule } from './plan.ts';
import { NFA_STATES_MAX, oneOf, type Regular, regularOf, repeatOf } from './regular.ts';

function rule(text: string, part: Partial<DialRule> = {}): DialRule {
  const parsed = parsePattern(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.expected}`);
  const { pattern, strip } = parsed;
  return {
    id: text,
    label: text,
    match: pattern,
    strip,
    timer: 'short',
    prepend: '',
    class: 'other',
    action: 'send',
    ...part,
  };
}
const plan = (rules: DialRule[], part: Partial<DialPlan> = {}): DialPlan => ({
  outsideLineDigit: '9',
  rules,
  emergencyNumbers: [],
  interDigitTimeoutMs: 6000,
  shortTimeoutMs: 2000,
  sendKey: '#',
  ...part,
});
const OFFICE = plan([
  rule('112', { timer: 'none', class: 'emergency' }),
  rule('9|112', { timer: 'none', class: 'emergency' }),
  rule('[2-4]xxx', { class: 'internal' }),
  rule('9|09xxx+', { class: 'premium', action: 'bar' }),
  rule('9|07x{9}', { class: 'mobile' }),
  rule('9|0x{5,10}', { class: 'national', prepend: '+44' }),
  rule('9|00x+', { class: 'international', timer: 'long' }),
  rule('*6x', { class: 'service' }),
]);
const dialled = (keys: string, blocked: DialRule['class'][] = [], pauseMs = 0) => {
  const result = evaluatePlan(OFFICE, { blocked }, keys, pauseMs);
  return result === null
    ? null
    : [result.outcome, result.number, result.rule?.id ?? null, result.refusal, result.keysUsed, result.afterMs];
};

test.each([
  ['112', ['sent', '112', '112', null, 3, 0]],
  ['1125', ['sent', '112', '112', null, 3, 0]],
  ['9112', ['sent', '112', '9|112', null, 4, 0]],
  ['2001', ['sent', '2001', '[2-4]xxx', null, 4, 0]],
  ['200', ['rejected', null, null, 'incomplete', 3, 6000]],
  ['200#', ['rejected', null, null, 'incomplete', 4, 0]],
  ['9012345', ['sent', '+44012345', '9|0x{5,10}', null, 7, 2000]],
  ['9012345#', ['sent', '+44012345', '9|0x{5,10}', null, 8, 0]],
  ['90123456789012', ['sent', '+4401234567890', '9|0x{5,10}', null, 12, 0]],
  ['9004912', ['sent', '+44004912', '9|0x{5,10}', null, 7, 2000]],
  ['900491', ['sent', '00491', '9|00x+', null, 6, 6000]],
  ['9090123', ['barred', null, '9|09xxx+', 'barred', 7, 2000]],
  ['8', ['rejected', null, null, 'no-rule', 1, 0]],
  ['', ['rejected', null, null, 'nothing-dialled', 0, 0]],
  ['2x', ['rejected', null, null, 'not-a-key', 1, 0]],
  ['*62', ['sent', '*62', '*6x', null, 3, 0]],
  ['#', ['rejected', null, null, 'incomplete', 1, 0]],
])('%s', (keys, expected) => {
  expect(dialled(keys)).toEqual(expected);
});

test('a pause longer than the timer decides before the next key', () => {
  expect(dialled('9012345678', [], 1999)).toEqual(['sent', '+44012345678', '9|0x{5,10}', null, 10, 2000]);
  expect(dialled('9012345678', [], 2000)).toEqual(['sent', '+44012345', '9|0x{5,10}', null, 7, 2000]);
  expect(dialled('112', [], 6000)).toEqual(['rejected', null, null, 'incomplete', 1, 6000]);
});

test('a blocked class bars, an emergency call never', () => {
  expect(dialled('907123456789', ['mobile', 'emergency'])).toEqual(['barred', null, '9|07x{9}', 'barred', 12, 0]);
  expect(dialled('9012345', ['mobile'])?.[0]).toBe('sent');
  expect(dialled('112', ['emergency'])?.[0]).toBe('sent');
});

const PATTERNS = ['112', '11x', '9x', '9|x+', '1x{1,3}', '[1-3]x', '*x', '99', '9{2,}', 'x{0,2}1', '1#'];
test('the first rule in the list that matches what a regular expression matches', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...PATTERNS), { minLength: 1, maxLength: 5 }),
      fc.string({ unit: fc.constantFrom(...TELEPHONE_KEYS), minLength: 1, maxLength: 5 }),
      (texts, keys) => {
        // With no timer the shortest match decides, so what was used is the shortest prefix that any rule matches.
        const result = evaluatePlan(
          plan(
            texts.map((text) => rule(text, { timer: 'none' })),
            { sendKey: null },
          ),
          { blocked: [] },
          keys,
        )!;
        const expressions = texts.map(
          (text) => new RegExp(`^(?:${text.replaceAll('|', '').replaceAll('*', '\\*').replaceAll('x', '\\d')})$`),
        );
        const lengths = Array.from({ length: keys.length }, (_, index) => index + 1);
        const first = lengths.find((length) => expressions.some((known) => known.test(keys.slice(0, length))));
        if (first === undefined) expect(result.outcome).toBe('rejected');
        else {
          expect(result).toMatchObject({ outcome: 'sent', keysUsed: first });
          expect(result.rule?.id).toBe(texts[expressions.findIndex((known) => known.test(keys.slice(0, first)))]);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test('work is bounded: repetition inside repetition costs its states for a key, not its paths', () => {
  let nested: Regular = oneOf(DIGITS);
  for (let depth = 0; depth < 6; depth += 1) nested = repeatOf(nested, 0, null);
  const automaton = Automaton.of([nested, repeatOf(repeatOf(oneOf(DIGITS), 0, 30), 0, 30)])!;
  automaton.after('1'.repeat(40));
  expect(automaton.steps).toBeLessThan(40 * 4000);
});

test('rules of too many states are refused, however deep', () => {
  let deep: Regular = oneOf(DIGITS);
  for (let depth = 0; depth < 20; depth += 1) deep = repeatOf(deep, 30, 30);
  expect(Automaton.of([deep])).toBeNull();
  expect(Automaton.of(Array.from({ length: NFA_STATES_MAX }, () => oneOf(DIGITS)))).toBeNull();
  expect(Automaton.of([regularOf([{ keys: DIGITS, min: 32, max: null }])])).not.toBeNull();
});
