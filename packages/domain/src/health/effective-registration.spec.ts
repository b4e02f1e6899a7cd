import fc from 'fast-check';
import { expect, test } from 'vitest';
import { REGISTRATION_STATES } from '../line/vocabulary.ts';
import { effectiveRegistration } from './effective-registration.ts';

type Word = (typeof REGISTRATION_STATES)[number] | null;
const codes = (words: readonly Word[]) =>
  words.map((word) => (word === null ? null : REGISTRATION_STATES.indexOf(word)));
const words = (cells: readonly (number | null)[] | null) =>
  cells?.map((cell) => (cell === null ? null : REGISTRATION_STATES[cell])) ?? null;

test.for<[string, Word[], boolean[], boolean, Word[]]>([
  ['a line that was registered once is missed', ['unregistered'], [true], false, ['unregistered']],
  [
    'one that never was is not in use',
    ['unregistered', 'registered'],
    [false, false],
    false,
    ['not-used', 'registered'],
  ],
  [
    'trying for the first time is not in use yet',
    ['registering', 'unreachable'],
    [false, false],
    false,
    ['not-used', 'not-used'],
  ],
  ['a refusal proves an account', ['rejected', 'auth-failed'], [false, false], false, ['rejected', 'auth-failed']],
  ['readings outrank the alarm', ['registered', null], [true, true], true, ['registered', null]],
  ['without readings the alarm holds for all lines', [null, null], [false, true], true, ['unreachable', 'unreachable']],
  ['without either nothing is known', [null, null], [true, true], false, [null, null]],
])('%s', ([, read, ever, serverLost, expected]) => {
  expect(words(effectiveRegistration(codes(read), ever, serverLost).cells)).toEqual(expected);
});

test('a gateway that was never read, and one without ports', () => {
  expect(effectiveRegistration(null, [true], true)).toEqual({ cells: codes(['unreachable']), byAlarm: true });
  expect(effectiveRegistration(null, [], true)).toEqual({ cells: null, byAlarm: false });
});

test('a line is never shown better than it was reported', () => {
  const cell = fc.constantFrom(...REGISTRATION_STATES.keys(), null);
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, fc.boolean()), { maxLength: 8 }), fc.boolean(), (lines, serverLost) => {
      const read = lines.map(([reported]) => reported);
      const { cells } = effectiveRegistration(
        read,
        lines.map(([, ever]) => ever),
        serverLost,
      );
      cells?.forEach((shown, at) => {
        if (words([shown])![0] === 'registered') expect(words([read[at]!])![0]).toBe('registered');
      });
    }),
  );
});
