import { expect, test } from 'vitest';
import { type RowResult, runEach } from './bulk-run.ts';

test('each row is run once, and one that is refused stops no other', async () => {
  const results = new Map<number, RowResult>();
  const ran: number[] = [];
  await runEach(
    [0, 1, 2, 3, 4, 5, 6],
    async (row) => {
      ran.push(row);
      if (row === 2) throw new Error('The line is in a call.');
    },
    (error) => (error as Error).message,
    (index, result) => results.set(index, result),
    () => false,
  );
  expect(ran.sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(results.get(2)).toEqual({ state: 'refused', why: 'The line is in a call.' });
  expect([...results.values()].filter(({ state }) => state === 'done')).toHaveLength(6);
});

test('once stopped, no further row is begun', async () => {
  let stopped = false;
  const ran: number[] = [];
  await runEach(
    Array.from({ length: 50 }, (_, row) => row),
    async (row) => {
      ran.push(row);
      stopped = true;
    },
    String,
    () => undefined,
    () => stopped,
  );
  expect(ran.length).toBeLessThanOrEqual(4);
});
