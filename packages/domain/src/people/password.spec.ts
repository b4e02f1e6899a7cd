import { expect, test } from 'vitest';
import { judgePassword } from './password.ts';

test.for([
  [0, 0, false],
  [3, 1, false],
  [6.5, 2, false],
  [8.1, 3, false],
  [9.99, 3, false],
  [10, 4, true],
  [64, 4, true],
] as const)('10^%f guesses: step %i, accepted %s', ([guessesLog10, score, accepted]) => {
  const judged = judgePassword({ guessesLog10, weakness: 'own-word' });
  expect(judged).toMatchObject({ score, accepted });
  expect(judged.reason === null).toBe(accepted);
});

test('the reason names what a guesser would try', () => {
  expect(judgePassword({ guessesLog10: 4, weakness: 'own-word' }).reason).toContain('the name of your organisation');
  expect(judgePassword({ guessesLog10: 4, weakness: 'common' }).reason).toContain('many people');
});
