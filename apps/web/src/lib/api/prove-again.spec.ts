import { ApiError, type Problem } from '@loopstart/contracts';
import { afterEach, expect, test } from 'vitest';
import { onProofNeeded, withProof } from './prove-again.ts';

const problem = (code: Problem['code']) => new ApiError({ type: '', title: '', status: 403, code, requestId: '' });
let undo = () => undefined as void;
afterEach(() => undo());

function calls(...outcomes: (Error | string)[]) {
  let count = 0;
  const run = async () => {
    const outcome = outcomes[count++]!;
    if (typeof outcome !== 'string') throw outcome;
    return outcome;
  };
  return { run, count: () => count };
}

test('a call is repeated once after the proof', async () => {
  undo = onProofNeeded(() => Promise.resolve(true));
  const { run, count } = calls(problem('proof-needed'), 'done');
  expect([await withProof(run), count()]).toEqual(['done', 2]);
  const again = calls(problem('proof-needed'), problem('proof-needed'), 'done');
  await expect(withProof(again.run)).rejects.toThrow(ApiError);
  expect(again.count()).toBe(2);
});

test.for([
  ['no proof was given', 'proof-needed', false],
  ['another problem', 'not-allowed', true],
] as const)('%s: it is not repeated', async ([, code, yes]) => {
  undo = onProofNeeded(() => Promise.resolve(yes));
  const { run, count } = calls(problem(code), 'done');
  await expect(withProof(run)).rejects.toThrow(ApiError);
  expect(count()).toBe(1);
});
