import { describe, expect, test } from 'vitest';
import { LINE_TEST_EVIDENCE_MS } from '../../line-test/vocabulary.ts';
import { HOOK_STATES, type LineDeviceClass } from '../../line/vocabulary.ts';
import type { ConditionKind } from '../kinds.ts';
import { HEALTHY, two } from '../testing/facts.ts';
import { at, NOW } from '../testing/records.ts';
import { Thresholds } from '../thresholds.ts';
import type { GatewayFacts, PortLineTest, ThresholdOverride } from '../types.ts';
import type { Finding } from './context.ts';
import { measuredRules } from './measured.rules.ts';

const ON = HOOK_STATES.indexOf('on-hook');
const OFF = HOOK_STATES.indexOf('off-hook');
const AT = NOW - 1000;

interface Given {
  facts: Partial<GatewayFacts>;
  device?: LineDeviceClass;
  isBad?: ConditionKind;
  setting?: Pick<ThresholdOverride, 'kind' | 'parameters'>;
}
type Found = { kind: ConditionKind } & Pick<Finding, 'at' | 'since' | 'text' | 'seen'>;

/** What is found of the first of two ports that are well, but for what is given. */
function find({ facts, device = 'phone', isBad, setting }: Given): Found[] {
  const thresholds = new Thresholds(
    setting === undefined ? [] : [{ scope: 'operator', scopeId: null, off: false, reason: 'test', ...setting }],
  );
  const found: Found[] = [];
  measuredRules(
    {
      facts: { ...HEALTHY, ...facts },
      at: AT,
      place: at({ gatewayId: 'g1', position: 1, lineDeviceClass: device }),
      context: { now: NOW, thresholds, isBad: () => false, agentLost: () => false },
    },
    0,
    (kind) => kind === isBad,
    (kind, finding) => found.push({ kind, ...finding }),
  );
  return found;
}
const textsOf = (given: Given) => find(given).map(({ text }) => text);

test('nothing is found of a line that is well', () => expect(find({ facts: {} })).toEqual([]));

test('nothing is found where nothing was measured', () => {
  const none = { lineVoltageV: null, loopCurrentMa: null, jitterMs: null, packetLossPercent: null };
  expect(find({ facts: { ...none, recentCalls: null, lineTests: null, baselines: null } })).toEqual([]);
});

describe('voltage and current of an idle line against what is usual for it', () => {
  /** Usual are 48 V and 0 mA; below the minimum of 6 V and 4 mA no deviation counts. */
  const baseline = (mean: number, deviation: number, samples = 12) => ({ mean, deviation, samples });
  const volts = (value: number | null, usual = baseline(48, 0.3)): Partial<GatewayFacts> => ({
    lineVoltageV: two(value, 48),
    baselines: two({ lineVoltageV: usual, loopCurrentMa: null }, null),
  });
  const milliamperes = (value: number | null, usual = baseline(0, 0.5)): Partial<GatewayFacts> => ({
    loopCurrentMa: two(value, 0),
    baselines: two({ lineVoltageV: null, loopCurrentMa: usual }, null),
  });
  const is = (value: string) => `The idle line voltage is ${value} V; usual for this line is 48.0 V.`;
  const flows = (value: string, usual = '0.0') =>
    `The current of the idle line is ${value} mA; usual for this line is ${usual} mA.`;

  test.for<{ name: string; given: Given; texts: string[] }>([
    { name: 'low', given: { facts: volts(42) }, texts: [is('42.0')] },
    { name: 'high', given: { facts: volts(54) }, texts: [is('54.0')] },
    { name: 'not quite low', given: { facts: volts(42.1) }, texts: [] },
    { name: 'not quite high', given: { facts: volts(53.9) }, texts: [] },
    { name: 'many deviations away', given: { facts: volts(36, baseline(48, 2)) }, texts: [is('36.0')] },
    { name: 'few deviations away', given: { facts: volts(36.1, baseline(48, 2)) }, texts: [] },
    {
      name: 'within a set minimum',
      given: { facts: volts(40), setting: { kind: 'line-voltage-abnormal', parameters: { minimumV: 9 } } },
      texts: [],
    },
    {
      name: 'within set deviations',
      given: { facts: volts(40), setting: { kind: 'line-voltage-abnormal', parameters: { deviations: 30 } } },
      texts: [],
    },
    { name: 'too few readings to know what is usual', given: { facts: volts(42, baseline(48, 0.3, 11)) }, texts: [] },
    {
      name: 'once bad, until half of the distance',
      given: { facts: volts(45), isBad: 'line-voltage-abnormal' },
      texts: [is('45.0')],
    },
    {
      name: 'less than half of the distance',
      given: { facts: volts(45.1), isBad: 'line-voltage-abnormal' },
      texts: [],
    },
    { name: 'another condition is bad', given: { facts: volts(45), isBad: 'loop-current-abnormal' }, texts: [] },
    { name: 'not measured', given: { facts: volts(null) }, texts: [] },
    { name: 'the receiver is up', given: { facts: { ...volts(8), hook: two(OFF, ON) } }, texts: [] },
    { name: 'whether it is up is not known', given: { facts: { ...volts(8), hook: null } }, texts: [] },
    { name: 'a current flows', given: { facts: milliamperes(4) }, texts: [flows('4.0')] },
    { name: 'a small one', given: { facts: milliamperes(3.9) }, texts: [] },
    { name: 'an unusual one', given: { facts: milliamperes(9, baseline(2, 1)) }, texts: [flows('9.0', '2.0')] },
    {
      name: 'a current flows while the receiver is up',
      given: { facts: { ...milliamperes(23), hook: two(OFF, ON) } },
      texts: [],
    },
    {
      name: 'less than a set minimum',
      given: { facts: milliamperes(4), setting: { kind: 'loop-current-abnormal', parameters: { minimumMa: 5 } } },
      texts: [],
    },
    {
      name: 'what is usual is not known',
      given: { facts: { lineVoltageV: two(8, 48), loopCurrentMa: two(23, 0), baselines: null } },
      texts: [],
    },
  ])('$name: $texts', ({ given, texts }) => expect(textsOf(given)).toEqual(texts));

  test('with what was measured and what is usual', () => {
    expect(find({ facts: volts(40) })).toMatchObject([
      { kind: 'line-voltage-abnormal', at: AT, since: AT, seen: { value: 40, usual: 48, deviation: 0.3 } },
    ]);
    expect(find({ facts: milliamperes(8) })).toMatchObject([
      { kind: 'loop-current-abnormal', at: AT, since: AT, seen: { value: 8, usual: 0, deviation: 0.5 } },
    ]);
  });
});

describe('the last line test', () => {
  const ended = (ago: number, verdict: PortLineTest['verdict'] = 'fail'): Given => ({
    facts: {
      lineTests: two({ at: AT - ago, verdict, reason: 'no-line-voltage', text: 'There is no voltage.' }, null),
    },
  });
  test.for<{ name: string; given: Given; found: boolean }>([
    { name: 'failed', given: ended(5000), found: true },
    { name: 'passed', given: ended(5000, 'pass'), found: false },
    { name: 'came to no verdict', given: ended(5000, 'inconclusive'), found: false },
    { name: 'failed a week ago', given: ended(LINE_TEST_EVIDENCE_MS), found: false },
    { name: 'failed not quite a week ago', given: ended(LINE_TEST_EVIDENCE_MS - 1), found: true },
  ])('$name: $found', ({ given, found }) => expect(find(given)).toHaveLength(found ? 1 : 0));

  test.for([
    { name: 'before the reading', ago: 5000, seenAt: AT },
    { name: 'after the reading', ago: -400, seenAt: AT + 400 },
  ])('that failed $name counts from its own time', ({ ago, seenAt }) => {
    expect(find(ended(ago))).toEqual([
      {
        kind: 'line-test-failed',
        at: seenAt,
        since: AT - ago,
        text: 'There is no voltage.',
        seen: { testedAt: AT - ago },
      },
    ]);
  });
});

describe('call quality: 3 % of the packets, or 40 ms of jitter', () => {
  const call = (lossPercent: number | null, jitterMs: number | null, isBad?: ConditionKind): Given => ({
    facts: { packetLossPercent: two(lossPercent, 0), jitterMs: two(jitterMs, 0) },
    ...(isBad !== undefined && { isBad }),
  });
  const both = (loss: string, jitter: string) =>
    `On this line ${loss} % of the packets are lost and jitter is ${jitter} ms.`;
  test.for<{ name: string; given: Given; texts: string[] }>([
    { name: 'loss', given: call(3, 5), texts: [both('3.0', '5')] },
    { name: 'jitter', given: call(0.2, 40), texts: [both('0.2', '40')] },
    { name: 'a little less of both', given: call(2.9, 39), texts: [] },
    {
      name: 'loss alone is measured',
      given: call(12.34, null),
      texts: ['On this line 12.3 % of the packets are lost.'],
    },
    { name: 'jitter alone is measured', given: call(null, 55), texts: ['On this line jitter is 55 ms.'] },
    { name: 'little loss alone', given: call(1, null), texts: [] },
    { name: 'little jitter alone', given: call(null, 12), texts: [] },
    { name: 'neither is measured', given: call(null, null, 'call-quality-poor'), texts: [] },
    { name: 'once bad, until 70 % of the loss', given: call(2.1, 0, 'call-quality-poor'), texts: [both('2.1', '0')] },
    { name: 'less than 70 % of the loss', given: call(2, 0, 'call-quality-poor'), texts: [] },
    { name: 'once bad, until 70 % of the jitter', given: call(0, 28, 'call-quality-poor'), texts: [both('0.0', '28')] },
    { name: 'less than 70 % of the jitter', given: call(0, 27, 'call-quality-poor'), texts: [] },
  ])('$name: $texts', ({ given, texts }) => expect(textsOf(given)).toEqual(texts));

  test('with what was measured', () => {
    expect(find(call(null, 55))).toMatchObject([
      { kind: 'call-quality-poor', at: AT, since: AT, seen: { lossPercent: null, jitterMs: 55 } },
    ]);
  });
});

describe('faxes: 30 % of at least five calls', () => {
  const calls = (failed: number, of: number, more: Partial<Given> = {}): Given => ({
    facts: { recentCalls: two({ calls: of, failed }, null) },
    device: 'fax',
    ...more,
  });
  const isBad = 'fax-failures';
  test.for<{ name: string; given: Given; texts: string[] }>([
    { name: '30 %', given: calls(3, 10), texts: ['3 of 10 fax calls failed in the last six hours.'] },
    { name: 'a little less', given: calls(5, 17), texts: [] },
    { name: 'all of five', given: calls(5, 5), texts: ['5 of 5 fax calls failed in the last six hours.'] },
    { name: 'all of four', given: calls(4, 4), texts: [] },
    { name: 'no call', given: calls(0, 0), texts: [] },
    { name: 'on a phone', given: calls(9, 10, { device: 'phone' }), texts: [] },
    {
      name: 'once bad, until 15 %',
      given: calls(3, 20, { isBad }),
      texts: ['3 of 20 fax calls failed in the last six hours.'],
    },
    { name: 'less than 15 %', given: calls(2, 20, { isBad }), texts: [] },
    {
      name: 'once bad, few calls that still fail',
      given: calls(1, 2, { isBad }),
      texts: ['1 of 2 fax calls failed in the last six hours.'],
    },
    { name: 'once bad, few calls that do not fail', given: calls(0, 2, { isBad }), texts: [] },
    { name: 'once bad, and no call since', given: calls(0, 0, { isBad }), texts: [] },
  ])('$name: $texts', ({ given, texts }) => expect(textsOf(given)).toEqual(texts));

  test('with what was counted', () => {
    expect(find(calls(6, 10))).toMatchObject([
      { kind: 'fax-failures', at: AT, since: AT, seen: { calls: 10, failed: 6 } },
    ]);
  });
});
