import { expect, test } from 'vitest';
import { effectiveRows } from './effective-rows.ts';

type Items = Parameters<typeof effectiveRows>[0];

const why = (scope: 'default' | 'site', value: number) =>
  ({ value, unit: 's', label: 'For', scope, scopeName: null, reason: null }) as const;
const items: Items = [
  { kind: 'gateway-unreachable', off: false, parameters: { raiseAfterS: why('default', 1) } },
  { kind: 'port-locked', off: false, parameters: { a: why('default', 2), b: why('site', 3) } },
  { kind: 'port-unregistered', off: true, parameters: { a: why('default', 4), b: why('default', 5) } },
];

test('of a port its own conditions, what differs first, one row for what is not watched', () => {
  expect(effectiveRows(items, true).map(({ kind, name, off }) => [kind, name, off])).toEqual([
    ['port-locked', 'b', false],
    ['port-unregistered', 'a', true],
    ['port-locked', 'a', false],
  ]);
});

test('of a gateway its own conditions', () => {
  expect(effectiveRows(items, false).map(({ kind }) => kind)).toEqual(['gateway-unreachable']);
});
