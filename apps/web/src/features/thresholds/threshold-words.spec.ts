import { describe, expect, test } from 'vitest';
import { changedWords, type Setting, settingValues, settingWhere, unitWords, valueWords } from './threshold-words.ts';

const setting = (part: Partial<Setting>): Setting => ({
  id: 'x',
  kind: 'call-quality-poor',
  scope: 'operator',
  scopeId: '',
  scopeName: '',
  parameters: {},
  off: false,
  reason: 'r',
  setBy: 'Sam',
  setAt: '2026-11-23T09:00:00Z',
  ...part,
});

test.for([
  [75, 's', '1 min 15 s'],
  [0, 's', '0 s'],
  [3, '%', '3 %'],
  [3.65, 'MOS', '3.65 MOS'],
  [20_000, 'messages', '20,000 messages'],
  [5, '', '5'],
] as const)('%d %s reads "%s"', ([value, unit, words]) => {
  expect(valueWords(value, unit)).toBe(words);
});

test.for([
  [{ scope: 'operator' }, 'All customers'],
  [{ scope: 'customer', scopeName: 'Birch Clinics' }, 'Customer Birch Clinics'],
  [{ scope: 'site', scopeName: 'North house' }, 'Site North house'],
  [{ scope: 'line-device-class', scopeId: 'lift-phone', scopeName: 'lift-phone' }, 'Lines with “Lift phone”'],
  [{ scope: 'port', scopeName: 'gw-1, port 7' }, 'gw-1, port 7'],
] as const)('%j holds at "%s"', ([part, where]) => {
  expect(settingWhere(setting(part))).toBe(where);
});

describe('what a setting says', () => {
  const parameters = [
    { name: 'lossPercent', label: 'Loss at least', unit: '%', default: 3, min: 0, max: 100 },
    { name: 'raiseAfterS', label: 'For', unit: 's', default: 60, min: 0, max: 100 },
  ];
  test('only what it sets, with units', () => {
    expect(settingValues(setting({ parameters: { raiseAfterS: 300 } }), { parameters })).toEqual(['For: 5 min']);
    expect(settingValues(setting({ off: true, parameters: { lossPercent: 5 } }), { parameters })).toEqual([
      'Not monitored',
    ]);
  });

  test.for([
    [[], null],
    [[{}], '1 setting'],
    [[{}, { off: true, scope: 'site' as const }], '2 settings, not monitored in 1'],
    [[{ off: true }], 'Not monitored'],
  ] as const)('%j in short: %s', ([parts, words]) => {
    expect(changedWords(parts.map(setting))).toBe(words);
  });

  test('seconds are spelled beside a field', () => {
    expect([unitWords('s'), unitWords('V')]).toEqual(['seconds', 'V']);
  });
});
