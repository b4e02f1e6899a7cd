import { expect, test } from 'vitest';
import { CONDITIONS } from './conditions.ts';
import { CONDITION_KINDS } from './kinds.ts';
import { Thresholds, valueOf } from './thresholds.ts';
import type { AlertPlace, ThresholdOverride } from './types.ts';

const PLACE: AlertPlace = {
  customerId: 'c1',
  siteId: 's1',
  agentId: 'a1',
  gatewayId: 'g1',
  position: 3,
  lineDeviceClass: 'fax',
};
const set = (
  scope: ThresholdOverride['scope'],
  scopeId: string | null,
  raiseAfterS: number,
  more: Partial<ThresholdOverride> = {},
): ThresholdOverride => ({
  kind: 'port-unregistered',
  scope,
  scopeId,
  parameters: { raiseAfterS },
  off: false,
  reason: `said the ${scope}`,
  ...more,
});

test.for([
  { name: 'nothing set', overrides: [], value: 60, scope: 'default' },
  { name: 'operator', overrides: [set('operator', null, 1)], value: 1, scope: 'operator' },
  {
    name: 'customer before operator',
    overrides: [set('customer', 'c1', 2), set('operator', null, 1)],
    value: 2,
    scope: 'customer',
  },
  {
    name: 'site before customer',
    overrides: [set('site', 's1', 3), set('customer', 'c1', 2)],
    value: 3,
    scope: 'site',
  },
  {
    name: 'what is on the line before the site',
    overrides: [set('line-device-class', 'fax', 4), set('site', 's1', 3)],
    value: 4,
    scope: 'line-device-class',
  },
  {
    name: 'the port before all',
    overrides: [set('port', 'g1/3', 5), set('line-device-class', 'fax', 4)],
    value: 5,
    scope: 'port',
  },
  {
    name: 'other customers, sites, classes and ports do not count',
    overrides: [
      set('customer', 'c2', 2),
      set('site', 's2', 3),
      set('line-device-class', 'phone', 4),
      set('port', 'g1/4', 5),
    ],
    value: 60,
    scope: 'default',
  },
  {
    name: 'another kind does not count',
    overrides: [{ ...set('operator', null, 9), kind: 'port-locked' as const }],
    value: 60,
    scope: 'default',
  },
])('$name', ({ overrides, value, scope }) => {
  const setting = new Thresholds(overrides).at('port-unregistered', PLACE);
  expect(valueOf(setting, 'raiseAfterS')).toBe(value);
  expect(setting.why['raiseAfterS']).toMatchObject({ scope, reason: scope === 'default' ? null : `said the ${scope}` });
  // What a setting does not name keeps what the wider scope says.
  expect(setting.why['clearAfterS']).toMatchObject({ scope: 'default' });
});

test('the nearest scope decides whether a kind is watched', () => {
  const thresholds = new Thresholds([set('customer', 'c1', 60, { off: true }), set('port', 'g1/3', 60)]);
  expect(thresholds.at('port-unregistered', PLACE).off).toBe(false);
  expect(thresholds.at('port-unregistered', { ...PLACE, position: 4 }).off).toBe(true);
});

test('a lift phone may hold its line for five minutes, a modem for hours', () => {
  const thresholds = new Thresholds([]);
  const of = (lineDeviceClass: AlertPlace['lineDeviceClass']) =>
    valueOf(thresholds.at('receiver-off-hook', { ...PLACE, lineDeviceClass }), 'raiseAfterS');
  expect(of('lift-phone')).toBe(300);
  expect(of('modem')).toBe(14_400);
  expect(of('phone')).toBe(1800);
});

test.for(CONDITION_KINDS.map((kind) => ({ kind })))(
  '$kind has words, a first step and defaults within their bounds',
  ({ kind }) => {
    const spec = CONDITIONS[kind];
    expect(spec.kind).toBe(kind);
    for (const text of [spec.title, spec.means, spec.firstStep]) expect(text.length).toBeGreaterThan(8);
    expect(Object.keys(spec.parameters)).toEqual(expect.arrayContaining(['raiseAfterS', 'clearAfterS']));
    for (const { default: value, min, max, unit, label } of Object.values(spec.parameters)) {
      expect(value).toBeGreaterThanOrEqual(min);
      expect(value).toBeLessThanOrEqual(max);
      expect(label).not.toBe('');
      expect(typeof unit).toBe('string');
    }
  },
);
