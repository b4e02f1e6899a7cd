import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LINE_DEVICE_CLASSES, type LineDeviceClass } from '../line/vocabulary.ts';
import { judgeLineTest } from './judge.ts';
import { LINE_TEST_READING_NAMES, LINE_TEST_READINGS } from './readings.ts';
import { judgeRecordedTest } from './recorded.ts';
import { LINE_TEST_REASONS, LINE_TEST_VERDICTS } from './vocabulary.ts';

type Values = Record<string, unknown>;
/** What an Eltex TAU reports of a telephone on a sound line. */
const sound: Values = {
  outcome: 'done',
  hook: 'on-hook',
  supplyVoltageV: 51.2,
  foreignTipV: 0.2,
  foreignRingV: 0.1,
  resistanceTipRingKohm: 5_000,
  resistanceTipGroundKohm: 6_000,
  resistanceRingGroundKohm: 6_100,
  capacitanceTipRingUf: 0.84,
  capacitanceTipGroundUf: 0.02,
  capacitanceRingGroundUf: 0.02,
};
/** What an AudioCodes unit reports of its first line. */
const fed: Values = { outcome: 'done', hook: 'on-hook', lineVoltageV: 48.1, loopCurrentMa: 0, ringVoltageV: 0 };

const judge = (values: Values, device: LineDeviceClass = 'phone', model: string | null = 'TAU-36.IP') =>
  judgeLineTest({ values, device, model });

const CASES: [what: string, verdict: string, reason: string, values: Values, device?: LineDeviceClass][] = [
  ['a sound line', 'pass', 'all-normal', sound],
  ['a fed line', 'pass', 'all-normal', fed],
  ['a line that feeds the other way round', 'pass', 'all-normal', { ...fed, lineVoltageV: -48.1 }],
  [
    'an empty socket that is meant to be',
    'pass',
    'nothing-connected-as-expected',
    { ...sound, capacitanceTipRingUf: 0.01 },
    'unused',
  ],
  ['0 V on hook', 'fail', 'no-line-voltage', { ...fed, lineVoltageV: 0 }],
  ['a gateway that feeds nothing', 'fail', 'no-line-voltage', { ...sound, supplyVoltageV: 0 }],
  ['too little voltage', 'fail', 'abnormal-line-voltage', { ...fed, lineVoltageV: 15 }],
  ['too much voltage', 'fail', 'abnormal-line-voltage', { ...fed, lineVoltageV: 71 }],
  ['current on hook', 'fail', 'leak-between-wires', { ...fed, loopCurrentMa: 9 }],
  ['mains on a wire', 'fail', 'hazardous-voltage', { ...sound, foreignTipV: 229 }],
  ['another exchange on a wire', 'fail', 'foreign-voltage', { ...sound, foreignRingV: -24 }],
  ['earth on a wire', 'fail', 'leak-to-ground', { ...sound, resistanceTipGroundKohm: 4 }],
  ['a leakage that the gateway reports', 'fail', 'leak-to-ground', { outcome: 'leakage-current', hook: 'on-hook' }],
  ['a hot circuit', 'fail', 'circuit-too-hot', { outcome: 'too-hot' }],
  ['a test that failed', 'fail', 'gateway-says-failed', { outcome: 'failed', hook: null }],
  ['wires that touch', 'fail', 'short-circuit', { ...sound, resistanceTipRingKohm: 0.2 }],
  ['wet wires', 'fail', 'leak-between-wires', { ...sound, resistanceTipRingKohm: 40 }],
  ['a telephone that is gone', 'fail', 'nothing-connected', { ...sound, capacitanceTipRingUf: 0.02 }],
  ['a missing exchange line', 'fail', 'no-exchange-line', { exchangeLine: 'disconnected', lineVoltageV: 0 }],
  [
    'a panel with a resistor',
    'inconclusive',
    'load-without-ringer',
    { ...sound, resistanceTipRingKohm: 47 },
    'alarm-panel',
  ],
  [
    'a panel without a ringer',
    'inconclusive',
    'load-without-ringer',
    { ...sound, capacitanceTipRingUf: 0.02 },
    'lift-phone',
  ],
  [
    'nothing on a line without a description',
    'inconclusive',
    'unknown-device',
    { ...sound, capacitanceTipRingUf: 0.02 },
    'unknown',
  ],
  ['something on an unused line', 'inconclusive', 'unknown-device', sound, 'unused'],
  [
    'a lifted receiver',
    'inconclusive',
    'receiver-off-hook',
    { ...fed, hook: 'off-hook', lineVoltageV: 7, loopCurrentMa: 22 },
  ],
  ['a short or a receiver', 'inconclusive', 'receiver-off-hook', { ...sound, hook: null, resistanceTipRingKohm: 0.4 }],
  [
    'a part that was not measured',
    'inconclusive',
    'part-not-measured',
    { outcome: 'capacitance-not-measured', hook: 'on-hook', supplyVoltageV: 50 },
  ],
  [
    'the result of an earlier test',
    'inconclusive',
    'result-of-earlier-test',
    { ...sound, earlierEndS: 1_700, endS: 1_700 },
  ],
  [
    'a model that measures nothing',
    'not-measurable',
    'nothing-measured',
    { outcome: 'done', hook: 'on-hook', ringing: 'no' },
  ],
  ['no reading at all', 'not-measurable', 'nothing-measured', { lineVoltageV: null, loopCurrentMa: null }],
];

describe('a verdict', () => {
  test.for(CASES)('%s: %s, %s', ([, verdict, reason, values, device]) => {
    expect(judge(values, device)).toMatchObject({ verdict, reason });
  });

  test('a finding that invalidates the others comes first', () => {
    const all = { ...sound, foreignTipV: 120, resistanceTipGroundKohm: 1, supplyVoltageV: 0, capacitanceTipRingUf: 0 };
    expect(judge(all).reason).toBe('hazardous-voltage');
    expect(judge({ ...all, foreignTipV: 9 }).reason).toBe('foreign-voltage');
    expect(judge({ ...all, foreignTipV: 0 }).reason).toBe('leak-to-ground');
  });

  test.for<[string | null, string]>([
    ['MP-118', 'fail'],
    ['TAU-72.IP', 'fail'],
    ['Vega 50', 'pass'],
    [null, 'pass'],
  ])('24 V on hook of a %s: %s', ([model, verdict]) => {
    expect(judge({ ...fed, lineVoltageV: 24 }, 'phone', model).verdict).toBe(verdict);
  });
});

describe('the values', () => {
  test('have names, units and normal ranges', () => {
    expect(judge({ ...fed, lineVoltageV: 0, extra: 3, polarity: null }).values).toEqual([
      {
        name: 'outcome',
        label: 'As the gateway reports it',
        value: 'completed',
        unit: null,
        normal: null,
        finding: 'not-judged',
      },
      { name: 'lineVoltageV', label: 'Line voltage', value: 0, unit: 'V', normal: '40 to 57 V', finding: 'abnormal' },
      { name: 'loopCurrentMa', label: 'Loop current', value: 0, unit: 'mA', normal: 'at most 3 mA', finding: 'normal' },
      { name: 'ringVoltageV', label: 'Ring voltage', value: 0, unit: 'V', normal: null, finding: 'not-judged' },
      { name: 'hook', label: 'Hook', value: 'on hook', unit: null, normal: null, finding: 'not-judged' },
    ]);
  });

  const anything = fc.dictionary(
    fc.constantFrom(...LINE_TEST_READING_NAMES, 'endS', 'earlierEndS', 'anything'),
    fc.oneof(fc.double(), fc.string(), fc.constantFrom(null, true, 'on-hook', 'off-hook', 'failed', 'done')),
  );

  test('never lead to a verdict without a text, nor to a pass with an abnormal value', () => {
    fc.assert(
      fc.property(anything, fc.constantFrom(...LINE_DEVICE_CLASSES), (values, device) => {
        const { verdict, reason, text, values: shown } = judge(values, device);
        expect(LINE_TEST_VERDICTS).toContain(verdict);
        expect(LINE_TEST_REASONS).toContain(reason);
        expect(text).toMatch(/^[A-Z0-9].*\.$/);
        expect(text).not.toMatch(/NaN|undefined|Infinity|[a-z](V|Ma|Uf|Kohm)\b/);
        if (verdict === 'pass') expect(shown.filter(({ finding }) => finding === 'abnormal')).toEqual([]);
        // A line of which no wire was measured never passes.
        if (verdict === 'pass') expect(shown.some(({ unit }) => unit !== null)).toBe(true);
        for (const { name } of shown) expect(LINE_TEST_READINGS).toHaveProperty(name);
      }),
    );
  });
});

test('every reason has a case', () => {
  const reached = new Set(CASES.map(([, , reason]) => reason));
  expect(LINE_TEST_REASONS.filter((reason) => !reached.has(reason))).toEqual([]);
});

describe('a recorded test', () => {
  const about = { model: 'MP-118', device: 'phone' } as const;
  test.for<[string, string, string | null, Values, string | null]>([
    ['that was carried out', 'succeeded', null, fed, 'pass'],
    ['that found 0 V', 'succeeded', null, { lineVoltageV: 0, hook: 'on-hook' }, 'fail'],
    [
      'reported as failed by the gateway, from an older agent',
      'failed',
      'The gateway says that it failed.',
      {},
      'fail',
    ],
    ['that could not be carried out', 'failed', 'The gateway did not answer.', {}, null],
    ['under way', 'running', null, {}, null],
    ['that was refused', 'refused', 'Port 1 is in use.', {}, null],
  ])('%s', ([, state, reason, result, verdict]) => {
    expect(judgeRecordedTest({ state, reason, result }, about)?.verdict ?? null).toBe(verdict);
  });
});
