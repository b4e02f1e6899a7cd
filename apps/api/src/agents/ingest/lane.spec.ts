import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Lane, lingerMs } from './lane.ts';

interface Carried {
  payload: Uint8Array;
  id: number;
}
const message = (id: number, bytes = 10): Carried => ({ id, payload: new Uint8Array(bytes) });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A lane whose batches end when the test says so. */
function makeLane(retry: (batch: Carried[]) => Carried[] = () => []) {
  const batches: number[][] = [];
  let finish: (() => void) | undefined;
  const lane = new Lane<Carried>({
    monotonicMs: () => Date.now(),
    work: (batch) => {
      batches.push(batch.map(({ id }) => id));
      return new Promise((resolve) => {
        finish = () => resolve(retry(batch));
      });
    },
  });
  const end = async () => {
    finish?.();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { lane, batches, end };
}

test('a first message waits a moment for others', async () => {
  const { lane, batches } = makeLane();
  lane.push(message(1));
  await vi.advanceTimersByTimeAsync(3);
  lane.push(message(2));
  expect(batches).toEqual([]);
  await vi.advanceTimersByTimeAsync(2);
  expect(batches).toEqual([[1, 2]]);
});

test('during a batch the next one grows, and begins when it ends', async () => {
  const { lane, batches, end } = makeLane();
  lane.push(message(1));
  await vi.advanceTimersByTimeAsync(5);
  for (let id = 2; id < 8; id += 1) lane.push(message(id));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(batches).toHaveLength(1);
  await end();
  expect(batches[1]).toEqual([2, 3, 4, 5, 6, 7]);
});

test('a full batch begins at once and holds no more than it may', async () => {
  const { lane, batches, end } = makeLane();
  for (let id = 0; id < 501; id += 1) lane.push(message(id));
  expect(batches.map((batch) => batch.length)).toEqual([500]);
  await end();
  expect(batches[1]).toEqual([500]);
  for (const id of [900, 901, 902]) lane.push(message(id, 700_000));
  await end();
  await end();
  expect(batches.slice(2)).toEqual([[900, 901], [902]]);
});

test('messages to try again come before later ones', async () => {
  let tries = 0;
  const { lane, batches, end } = makeLane((batch) => ((tries += 1) === 1 ? batch.slice(1) : []));
  for (const id of [1, 2, 3]) lane.push(message(id));
  await vi.advanceTimersByTimeAsync(5);
  lane.push(message(4));
  await end();
  await vi.advanceTimersByTimeAsync(50);
  expect(batches).toEqual([
    [1, 2, 3],
    [2, 3, 4],
  ]);
});

test('is drained when everything has been handled', async () => {
  const { lane, end } = makeLane();
  let drained = false;
  lane.push(message(1));
  const waiting = lane.drained().then(() => {
    drained = true;
  });
  await vi.advanceTimersByTimeAsync(5);
  expect(drained).toBe(false);
  await end();
  await waiting;
  await lane.drained();
  expect(lane.length).toBe(0);
});

test('one that was quiet waits less than one that is busy', () => {
  expect(lingerMs(1_000)).toBeLessThan(lingerMs(0));
});
