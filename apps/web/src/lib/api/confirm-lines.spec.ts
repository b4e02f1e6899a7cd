import { ApiError } from '@loopstart/contracts';
import { afterEach, expect, test } from 'vitest';
import { onLinesToConfirm, type Touched, withConfirmedLines } from './confirm-lines.ts';

const problem = (touched: Touched) =>
  new ApiError({ type: '', title: '', status: 409, code: 'confirm-lines', requestId: 'r', touched });
let undo = () => {};
afterEach(() => undo());

/** An API where the act reaches each of these in turn. */
function api(...now: Touched[]) {
  const sent: (Touched | null)[] = [];
  const run = (confirm: Touched | null) => {
    sent.push(confirm);
    const touched = now[Math.min(sent.length, now.length) - 1]!;
    return JSON.stringify(confirm) === JSON.stringify(touched)
      ? Promise.resolve('done')
      : Promise.reject(problem(touched));
  };
  return { sent, run };
}
const answer = (yes: boolean) => {
  const asked: Touched[] = [];
  undo = onLinesToConfirm((touched) => Promise.resolve((asked.push(touched), yes)));
  return asked;
};
const A = { lines: 240, lifeSafetyLines: 3 };
const B = { lines: 241, lifeSafetyLines: 4 };

test('asks with the figures of the API, and repeats the call with them', async () => {
  const asked = answer(true);
  const { sent, run } = api(A);
  expect(await withConfirmedLines(run)).toBe('done');
  expect([asked, sent]).toEqual([[A], [null, A]]);
});

test('asks again where the figures changed meanwhile', async () => {
  const asked = answer(true);
  const { run } = api(A, B);
  expect(await withConfirmedLines(run)).toBe('done');
  expect(asked).toEqual([A, B]);
});

test('a no, no dialog, and any other failure do nothing more', async () => {
  answer(false);
  const refused = api(A);
  await expect(withConfirmedLines(refused.run)).rejects.toThrow(ApiError);
  expect(refused.sent).toEqual([null]);
  undo();
  await expect(withConfirmedLines(api(A).run)).rejects.toThrow(ApiError);
  answer(true);
  await expect(withConfirmedLines(() => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
});
