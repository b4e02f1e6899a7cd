import { expect, test } from 'vitest';
import { evaluatePlan } from '../dial-plan/evaluate.ts';
import { parsePattern } from '../dial-plan/parse-pattern.ts';
import type { DialPlan, DialRule } from '../dial-plan/plan.ts';
import { type DialOnGateway, emergencyFindings, GATE_LIMITS, type GateDialling, removedPaths } from './gate.ts';
import { type GatePort, requiredPaths } from './required-paths.ts';

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
    class: 'emergency',
    action: 'send',
    ...part,
  };
}
const portOf = (rules: DialRule[], part: Partial<DialPlan> = {}, rest: Partial<GatePort> = {}): GatePort => ({
  plan: {
    outsideLineDigit: '9',
    rules,
    emergencyNumbers: [{ number: '112', sendAs: null }],
    interDigitTimeoutMs: 4000,
    shortTimeoutMs: 2000,
    sendKey: null,
    ...part,
  },
  service: { blocked: [] },
  alarmReceivers: [],
  liftCentres: [],
  ...rest,
});
/** A gateway that does exactly what the plan says. */
const faithful =
  ({ plan, service }: GatePort): DialOnGateway =>
  (dialled, pauseMs) => {
    const { number, refusal, keysUsed, afterMs, rule: found } = evaluatePlan(plan, service, dialled, pauseMs)!;
    return [{ number, refusal, keysUsed, afterMs, ruleId: found?.id ?? null, line: 1, text: 'row', reading: 'manual' }];
  };
const codes = (port: GatePort, gateway = faithful(port)) =>
  emergencyFindings(port, gateway).findings.map(
    ({ code, where, path, ruleId }) => `${path.dialled} ${code} ${where} ${ruleId}`,
  );

const BOTH = [rule('112'), rule('9|112')];
const both = (dialled: string, code: string, ruleId: string | null) => [
  `${dialled} ${code} plan ${ruleId}`,
  `${dialled} ${code} map ${ruleId}`,
];

test('a plan that reaches every form has no findings', () => {
  expect(codes(portOf(BOTH))).toEqual([]);
});

test.each([
  ['a form without a rule', [rule('112')], both('9112', 'not-sent', null)],
  ['a bar', [rule('112'), rule('9|112', { action: 'bar' })], both('9112', 'barred', '9|112')],
  ['a rewritten number', [rule('112'), rule('9112')], both('9112', 'wrong-number', '9112')],
  ['a shorter rule', [rule('11', { class: 'internal' }), ...BOTH], both('112', 'cut-off', '11')],
  ['a rule for something else', [rule('1xx', { class: 'service' }), ...BOTH], ['112 wrong-class plan 1xx']],
] as const)('%s', (_name, rules, expected) => {
  expect(codes(portOf([...rules]))).toEqual(expected);
});

test('a class that the port may not dial bars only what is not classed as emergency', () => {
  const rules = [rule('112', { class: 'service' }), rule('9|112')];
  expect(codes(portOf(rules, {}, { service: { blocked: ['service', 'emergency'] } }))).toEqual(
    both('112', 'barred', '112'),
  );
});

test('a wait beyond the limit, and a plan that gives slow fingers up', () => {
  const slow = [rule('112', { timer: 'long' }), rule('9|112'), rule('112xx', { class: 'other' })];
  expect(codes(portOf(slow, { interDigitTimeoutMs: 6000 }))).toEqual(both('112', 'too-late', '112'));
  expect(codes(portOf(slow, { interDigitTimeoutMs: 5000 }))).toEqual([]);
  expect(codes(portOf(BOTH, { interDigitTimeoutMs: GATE_LIMITS.slowPauseMs }))).toEqual([
    ...both('112', 'too-hasty', null),
    ...both('9112', 'too-hasty', null),
  ]);
});

test('another emergency number is as good where fewer keys led to it', () => {
  const emergencyNumbers = [
    { number: '911', sendAs: null },
    { number: '112', sendAs: null },
  ];
  const rules = [rule('911'), rule('9|911'), rule('112')];
  expect(codes(portOf(rules, { emergencyNumbers }))).toEqual([]);
  expect(codes(portOf([rule('911', { prepend: '0' }), rule('9|911'), rule('112')], { emergencyNumbers }))).toEqual([
    ...both('911', 'wrong-number', '911'),
    ...both('9112', 'cut-off', '911'),
  ]);
});

test('alarm receivers and lift centres are checked as they are dialled', () => {
  const devices = {
    alarmReceivers: [{ dialled: '90201234', sendAs: '0201234' }],
    liftCentres: [{ dialled: '2000', sendAs: null }],
  };
  const rules = [...BOTH, rule('9|0201234', { class: 'alarm-receiver' }), rule('2000', { class: 'lift-centre' })];
  expect(codes(portOf(rules, {}, devices))).toEqual([]);
  expect(codes(portOf([...BOTH, rule('90201234', { class: 'alarm-receiver' })], {}, devices))).toEqual([
    ...both('90201234', 'wrong-number', '90201234'),
    ...both('2000', 'not-sent', null),
  ]);
});

test('a call server that takes the outside-line digit gets it', () => {
  const rules = [rule('112'), rule('9112')];
  expect(codes(portOf(rules, { serverTakesOutsideLineDigit: true }))).toEqual([]);
  expect(requiredPaths(portOf(rules, { serverTakesOutsideLineDigit: true }))[1]?.sendAs).toEqual(['112', '9112']);
});

test('a number of the site itself is not asked for behind the outside-line digit', () => {
  const emergencyNumbers = [{ number: '2222', sendAs: '112', internal: true }];
  expect(requiredPaths(portOf([], { emergencyNumbers })).map(({ dialled }) => dialled)).toEqual(['2222']);
});

test('a gateway fails under one reading: that is a finding, with its row', () => {
  const port = portOf(BOTH);
  const late: DialOnGateway = (dialled, pauseMs) => {
    const [good] = faithful(port)(dialled, pauseMs) as [GateDialling];
    return [good, { ...good, afterMs: 9000, line: 7, reading: 'not verified' }];
  };
  const { findings, paths } = emergencyFindings(port, late);
  expect(findings.map(({ code, where, line }) => [code, where, line])).toEqual([
    ['too-late', 'map', 7],
    ['too-late', 'map', 7],
  ]);
  expect(paths.every(({ works }) => !works)).toBe(true);
});

test('a map that cannot be read proves nothing', () => {
  expect(codes(portOf(BOTH), () => null)).toEqual(['112 not-evaluated map null', '9112 not-evaluated map null']);
});

test('a change that removes a path is named, also where nobody asks for the number any more', () => {
  const before = portOf(BOTH);
  const after = portOf([rule('112')], { outsideLineDigit: null });
  const today = emergencyFindings(before, faithful(before));
  const then = emergencyFindings(after, faithful(after), GATE_LIMITS, requiredPaths(before));
  expect(removedPaths(today, then).map(({ path }) => path.dialled)).toEqual(['9112']);
  expect(removedPaths(today, today)).toEqual([]);
});
