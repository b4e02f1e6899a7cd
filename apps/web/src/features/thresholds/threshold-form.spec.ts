import { ThresholdInput } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import {
  checkThreshold,
  newThreshold,
  type ThresholdDraft,
  thresholdDraftOf,
  thresholdInputOf,
} from './threshold-form.ts';
import type { Setting } from './threshold-words.ts';

const GATEWAY = '0198f2a0-0000-7000-8000-000000000201';
const parameters = [
  { name: 'raiseAfterS', label: 'For', unit: 's', default: 60, min: 0, max: 600 },
  { name: 'lossPercent', label: 'Loss', unit: '%', default: 3, min: 0.5, max: 100 },
];
const draft = (part: Partial<ThresholdDraft>) => ({
  ...newThreshold('call-quality-poor'),
  reason: 'Old cable',
  ...part,
});
const judged = (part: Partial<ThresholdDraft>) =>
  checkThreshold(ThresholdInput.parse(thresholdInputOf(draft(part))), parameters);

describe('the form of a threshold', () => {
  test('an empty value is left to the wider scope, never zero', () => {
    const input = ThresholdInput.parse(thresholdInputOf(draft({ values: { raiseAfterS: ' ', lossPercent: '4,5' } })));
    expect(input.parameters).toEqual({ lossPercent: 4.5 });
  });

  test('a stored setting comes back unchanged when nothing is edited', () => {
    const setting = {
      kind: 'call-quality-poor',
      scope: 'port',
      scopeId: `${GATEWAY}/7`,
      parameters: { lossPercent: 5 },
      off: false,
      reason: 'Old cable',
    };
    const stored = setting as unknown as Setting;
    expect(ThresholdInput.parse(thresholdInputOf(thresholdDraftOf(stored)))).toEqual(setting);
  });

  test.for<[Partial<ThresholdDraft>, string[]]>([
    [{ values: { lossPercent: '5' } }, []],
    [{ off: true }, []],
    [{ values: {} }, ['parameters.raiseAfterS']],
    [{ values: { lossPercent: '0.1' } }, ['parameters.lossPercent']],
    [{ values: { raiseAfterS: '900' } }, ['parameters.raiseAfterS']],
    [{ scope: 'site', off: true }, ['scopeId']],
    [{ scope: 'port', off: true }, ['scopeId', 'position']],
    [{ scope: 'port', scopeId: GATEWAY, position: '0', off: true }, ['position']],
    [{ scope: 'port', scopeId: GATEWAY, position: '24', off: true }, []],
  ])('%j has faults at %j', ([part, fields]) => {
    expect(Object.keys(judged(part))).toEqual(fields);
  });

  test('what is no number, and a reason that is missing, are refused at their fields', () => {
    const refused = ThresholdInput.safeParse(thresholdInputOf(draft({ values: { lossPercent: 'some' }, reason: '' })));
    expect(refused.error?.issues.map((issue) => issue.path.join('.')).sort()).toEqual([
      'parameters.lossPercent',
      'reason',
    ]);
  });
});
