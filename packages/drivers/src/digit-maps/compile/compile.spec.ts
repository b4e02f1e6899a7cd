import type { DialPlan, DialRule } from '@loopstart/domain';
import { describe, expect, test } from 'vitest';
import { ruleOf } from '../../testing/dial-plans.ts';
import { DIGIT_MAP_LANGUAGES, type DigitMapLanguage } from '../index.ts';
import { type CompileOptions, compileDialPlan } from './compile.ts';

const emergency = (text: string) => ruleOf(text, { class: 'emergency', timer: 'none' });
const planOf = (rules: DialRule[], part: Partial<DialPlan> = {}): DialPlan => ({
  outsideLineDigit: '9',
  rules,
  emergencyNumbers: [{ number: '112', sendAs: null }],
  interDigitTimeoutMs: 5000,
  shortTimeoutMs: 2000,
  sendKey: '#',
  ...part,
});
const EVERYTHING = ruleOf('9|x+', { timer: 'long', class: 'national' });
const SMALL = planOf([emergency('112'), ruleOf('[2-4]xx', { class: 'internal' }), ruleOf('9x{5,}', { timer: 'long' })]);

/** Codes with the rule: of refusals with `!` in front. */
function codesOf(
  language: DigitMapLanguage,
  plan: DialPlan,
  blocked: DialRule['class'][] = [],
  options: CompileOptions = {},
): string[] {
  const result = compileDialPlan(language, plan, { blocked }, options);
  const all = result.ok ? result.findings : result.refusals;
  return all.map(({ code, ruleId }) => `${result.ok ? '' : '!'}${code} ${ruleId}`);
}

describe('what each language is given', () => {
  test.each([
    [
      'audiocodes',
      { digitMapping: '112|[2-4]xx|9xxxxxx.T', maxDigits: 32, timeBetweenDigitsS: 5, numberMapTel2Ip: [] },
    ],
    ['grandstream', { dialPlan: '{ 112 | [2-4]xx | 9xxxxx+ }', noKeyEntryTimeoutS: 5, hashSends: true }],
    ['cisco-spa', { dialPlan: 'L:5,S:2,(112|[2-4]xx|9xxxxxx.S5)' }],
    [
      'cisco-ios',
      {
        interDigitTimeoutS: 5,
        peers: ['112$', '[2-4][0-9][0-9]$', '9[0-9][0-9][0-9][0-9][0-9]T'].map((destinationPattern, index) => ({
          tag: 100 + index,
          destinationPattern,
          preference: 0,
          translationRules: [],
        })),
      },
    ],
    [
      'patton',
      {
        digitCollectionTimeoutS: 5,
        addressCompletionTimeoutS: 5,
        routes: ['112$', '[2-4][0-9][0-9]$', '9[0-9][0-9][0-9][0-9][0-9]T'].map((key) => ({ key, mapping: null })),
      },
    ],
    [
      'mediatrix',
      {
        interDtmfTimeoutMs: 5000,
        refused: [],
        allowed: [
          { dtmfMap: '(112|[2-4]xx|9xxxxxx.T)', transformation: 'x' },
          { dtmfMap: '9xxxxxx.#', transformation: 'x{#}' },
        ],
      },
    ],
    [
      'vega',
      {
        dialTimeoutS: 5,
        dialDigit: '#',
        plans: ['<112>', '<[2-4][0-9][0-9]>', '<9[0-9][0-9][0-9][0-9][0-9].*>'].map((telephone) => ({
          telephone,
          destination: '<1>',
        })),
      },
    ],
    ['eltex', { dialPlan: 'L5 S2 (112|[2-4]xx|9xxxxxx.T)' }],
  ] as const)('%s', (language, map) => {
    expect(compileDialPlan(language, SMALL, { blocked: [] })).toMatchObject({ ok: true, map: { language, ...map } });
  });

  test('digits are stripped and put in front by the means of each language', () => {
    const plan = planOf([emergency('112'), emergency('9|112'), ruleOf('9|0x{9}', { prepend: '44' })]);
    const mapOf = (language: DigitMapLanguage) => compileDialPlan(language, plan, { blocked: [] });
    expect(mapOf('audiocodes')).toMatchObject({
      map: {
        numberMapTel2Ip: [
          { destinationPrefix: '9112', removeFromLeft: 1, prefixToAdd: '' },
          { destinationPrefix: '90', removeFromLeft: 1, prefixToAdd: '44' },
        ],
      },
    });
    expect(mapOf('grandstream')).toMatchObject({ map: { dialPlan: '{ 112 | <9=>112 | <9=44>0xxxxxxxxx }' } });
    expect(mapOf('cisco-spa')).toMatchObject({ map: { dialPlan: 'L:5,S:2,(112|<9:>112|<9:44>0xxxxxxxxx)' } });
    expect(mapOf('eltex')).toMatchObject({ map: { dialPlan: 'L5 S2 (112|<9:>112|<9:44>0xxxxxxxxx)' } });
    expect(mapOf('vega')).toMatchObject({ map: { plans: [{}, { telephone: '9<112>' }, { destination: '44<1>' }] } });
    expect(mapOf('patton')).toMatchObject({ map: { routes: [{}, {}, { mapping: { from: '9(.%)', to: '44\\1' } }] } });
    expect(mapOf('cisco-ios')).toMatchObject({
      map: { peers: [{}, {}, { translationRules: [{ match: '^9', replacement: '44' }] }] },
    });
    expect(codesOf('mediatrix', plan)).toEqual(['!not-verified 9|112', '!not-verified 9|0x{9}']);
  });

  test('a timer that only a longer number needs is written where one is possible', () => {
    const plan = planOf([emergency('112'), ruleOf('1123x', { timer: 'short' }), ruleOf('11', { timer: 'short' })]);
    expect(compileDialPlan('cisco-spa', plan, { blocked: [] })).toMatchObject({
      map: { dialPlan: 'L:5,S:2,(112S0|1123x|11)' },
    });
    expect(compileDialPlan('audiocodes', plan, { blocked: [] })).toMatchObject({
      map: { digitMapping: '112|1123x|11s' },
    });
  });
});

describe('what is refused', () => {
  const BARRED = planOf([
    emergency('112'),
    ruleOf('909x+', { id: 'premium', class: 'premium', action: 'bar' }),
    EVERYTHING,
  ]);

  test('a bar that a later rule would undo, where the language cannot bar', () => {
    for (const language of ['audiocodes', 'cisco-ios', 'patton', 'vega'] as const)
      expect(codesOf(language, BARRED)).toContain('!cannot-bar premium');
    for (const language of ['grandstream', 'cisco-spa', 'eltex'] as const)
      expect(compileDialPlan(language, BARRED, { blocked: [] }).ok, language).toBe(true);
  });

  test('not a bar that changes nothing: what no rule matches is rejected', () => {
    const plan = planOf([emergency('112'), ruleOf('909x+', { action: 'bar' }), ruleOf('[2-4]xx')]);
    for (const language of DIGIT_MAP_LANGUAGES)
      expect(compileDialPlan(language, plan, { blocked: [] }).ok, language).toBe(true);
  });

  test('a class that a port may not dial is barred by leaving its rules out, or not at all', () => {
    const plan = planOf([
      emergency('112'),
      ruleOf('9|07x{9}', { id: 'mobile', class: 'mobile' }),
      ruleOf('9|0x{10}', { id: 'national', class: 'national' }),
    ]);
    expect(compileDialPlan('grandstream', plan, { blocked: ['national'] })).toMatchObject({
      map: { dialPlan: '{ 112 | <9=>07xxxxxxxxx }' },
    });
    // With a rule for everything the bar is needed, and the veto of Grandstream would bar mobiles as well.
    const open = { ...plan, rules: [...plan.rules, ruleOf('9|x+', { timer: 'long' })] };
    const codes = codesOf('grandstream', open, ['national']);
    expect(codes).toContain('!not-sent mobile');
  });

  test('an emergency call that waits longer than the limit', () => {
    const plan = planOf([emergency('112'), ruleOf('x+', { timer: 'long' })], { interDigitTimeoutMs: 8000 });
    expect(codesOf('grandstream', plan)).toEqual(['!waits-longer 112']);
    expect(compileDialPlan('grandstream', plan, { blocked: [] }, { protectedWaitMaxMs: 8000 }).ok).toBe(true);
    expect(compileDialPlan('cisco-spa', plan, { blocked: [] }).ok).toBe(true);
  });

  test('an alarm receiver that another rule would cut off', () => {
    const plan = planOf([
      emergency('112'),
      ruleOf('2xx', { timer: 'long' }),
      ruleOf('2001', { class: 'alarm-receiver', timer: 'none' }),
    ]);
    expect(codesOf('audiocodes', plan)).not.toContain('!cut-off 2001');
    const hasty = planOf([
      emergency('112'),
      ruleOf('2xx[1-3]', { class: 'alarm-receiver' }),
      ruleOf('2xx', { timer: 'long' }),
    ]);
    expect(compileDialPlan('patton', hasty, { blocked: [] }).ok).toBe(true);
  });

  test('a plan whose text would end a rule in the language of a gateway', () => {
    const plan = planOf([emergency('112'), ruleOf('9|0x{9}', { id: 'hostile', prepend: '1>x|<9=' })]);
    for (const language of DIGIT_MAP_LANGUAGES) expect(codesOf(language, plan)).toEqual(['!invalid-plan hostile']);
  });

  test('+ where no manual has it', () => {
    const plan = planOf([emergency('112'), ruleOf('9|0x{9}', { id: 'plus', prepend: '+44' })]);
    const refused = DIGIT_MAP_LANGUAGES.filter((language) => codesOf(language, plan).includes('!not-verified plus'));
    expect(refused).toEqual(['audiocodes', 'grandstream', 'cisco-spa', 'mediatrix', 'vega', 'eltex']);
  });

  test('more than the language takes', () => {
    const numbers = Array.from({ length: 60 }, (_, index) => ruleOf(`8${100 + index}`));
    expect(codesOf('audiocodes', planOf([emergency('112'), ...numbers]))).toEqual([
      '!too-many-rules null',
      '!too-long null',
    ]);
    const many = Array.from({ length: 120 }, (_, index) => ruleOf(`80200${100 + index}`));
    expect(codesOf('eltex', planOf([emergency('112'), ...many]))).toEqual(['!too-long null']);
  });

  test('a plan whose states multiply is refused after a bounded search', () => {
    const plan = planOf([emergency('112'), ruleOf('x{0,16}1x{15}')]);
    for (const language of DIGIT_MAP_LANGUAGES) expect(codesOf(language, plan)).toEqual(['!too-complex null']);
  });
});

describe('what is lost is named', () => {
  test('the send key', () => {
    expect(codesOf('cisco-spa', SMALL)).toEqual(['send-key-lost null']);
    expect(codesOf('audiocodes', { ...SMALL, sendKey: null })).toContain('send-key-added null');
  });

  test('a limit that the language cannot keep, with an example', () => {
    const plan = planOf([emergency('112'), ruleOf('9|0x{5,7}', { id: 'national' })]);
    const result = compileDialPlan('patton', plan, { blocked: [] });
    expect(result).toMatchObject({ ok: true });
    if (!result.ok) return;
    const found = result.findings.find(({ code }) => code === 'sends-more');
    expect(found).toMatchObject({ ruleId: 'national', line: 2 });
    expect(found?.detail).toBe(
      `"${found?.dialled}" is sent as ${found?.dialled?.slice(1)} after 5 s on this gateway; the plan has it not sent.`,
    );
  });

  test('a row of the number map that changes only some numbers of another rule', () => {
    const plan = planOf([
      emergency('112'),
      ruleOf('9|0[2-8]xxxxx', { id: 'prefixed', prepend: '0' }),
      ruleOf('9|0[1-3]x{4,7}', { id: 'plain', timer: 'none' }),
    ]);
    // 9 01 2345 is what the plan has, 9 02 2345 begins as a number of the other rule does.
    expect(codesOf('audiocodes', plan)).toContain('number-differs plain');
    expect(codesOf('cisco-spa', plan)).not.toContain('number-differs plain');
  });

  test('one timer for all rules', () => {
    const plan = planOf([emergency('112'), ruleOf('2x', { id: 'short' }), ruleOf('2xxx', { id: 'long' })]);
    expect(codesOf('grandstream', plan)).toContain('waits-longer short');
    expect(codesOf('grandstream', { ...plan, interDigitTimeoutMs: 20_000 })).toContain('!waits-longer 112');
  });
});
