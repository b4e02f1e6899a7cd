import { expect, test } from 'vitest';
import type { FieldId, SettingResolution } from '../../telephony/index.ts';
import { changedSettings, type SameMeaning } from './settings-diff.ts';

const origin = { layer: 'site', layerName: 'Harbour', author: 'Ann', at: 0, isSealed: false } as never;
const values = (of: Partial<Record<FieldId, unknown>>): SettingResolution['values'] =>
  new Map(Object.entries(of).map(([field, value]) => [field as FieldId, { value, origin } as never]));
const fieldsOf = (before: object, after: object, isSame?: SameMeaning) =>
  changedSettings(values(before), values(after), isSame).map(({ field }) => field);

test.for<[string, object, object, string[]]>([
  ['the same value', { 'port.extension': '1' }, { 'port.extension': '1' }, []],
  ['another value', { 'port.extension': '1' }, { 'port.extension': '2' }, ['port.extension']],
  ['a value that is new', {}, { 'port.extension': '2' }, ['port.extension']],
  ['a value that is gone', { 'port.extension': '1' }, {}, ['port.extension']],
  [
    'a list of the same members in another order of their parts',
    { 'sip.registrars': [{ host: 'a', port: 1 }] },
    { 'sip.registrars': [{ port: 1, host: 'a' }] },
    [],
  ],
])('%s', ([, before, after, fields]) => {
  expect(fieldsOf(before, after)).toEqual(fields);
});

test('a name that stands for something else differs, and no other does', () => {
  const before = { 'port.dialPlan': 'Office', 'port.extension': '1' };
  const isSame: SameMeaning = (field, was, is) => was === is && field !== 'port.dialPlan';
  expect(fieldsOf(before, before, isSame)).toEqual(['port.dialPlan']);
});
