import { expect, test } from 'vitest';
import { methodsOf, SIGN_IN_METHODS } from './methods.ts';

test('methods that are not known prove nothing', () => {
  expect(methodsOf(['root', 'sso', 'Password'])).toEqual(['sso']);
  expect(methodsOf(SIGN_IN_METHODS)).toEqual([...SIGN_IN_METHODS]);
});
