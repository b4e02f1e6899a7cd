import { expect, test } from 'vitest';
import { canChoose, permissionState, permissionWords } from './permission.ts';

test.for([
  [true, 'default', 'ask', true],
  [true, 'granted', 'allowed', true],
  [true, 'denied', 'blocked', false],
  [true, null, 'unsupported', false],
  [false, 'granted', 'insecure', false],
] as const)('secure %s, permission %j: %s', ([secure, permission, state, choice]) => {
  expect(permissionState({ secure, permission })).toBe(state);
  expect(canChoose(state)).toBe(choice);
});

test('what is allowed says whether it is on', () => {
  expect(permissionWords('allowed', true)).toMatch(/^Allowed\. New incidents/);
  expect(permissionWords('allowed', false)).toMatch(/turned off/);
});
