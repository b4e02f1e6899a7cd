import { expect, test } from 'vitest';
import { settle } from '../testing/fake-clock.ts';
import { Slots } from './slots.ts';

test('runs a limited number at once, in the order of arrival, also when some fail', async () => {
  const slots = new Slots(2);
  const log: string[] = [];
  const ends: (() => void)[] = [];
  let now = 0;
  let most = 0;
  const work = Array.from({ length: 5 }, (_, i) =>
    slots
      .run(async () => {
        now += 1;
        most = Math.max(most, now);
        log.push(`begin ${i}`);
        await new Promise<void>((resolve) => ends.push(resolve));
        now -= 1;
        if (i === 1) throw new Error('failed');
        return i;
      })
      .catch(() => -1),
  );
  while (ends.length > 0) {
    ends.shift()?.();
    await settle();
  }
  expect(await Promise.all(work)).toEqual([0, -1, 2, 3, 4]);
  expect(log).toEqual(['begin 0', 'begin 1', 'begin 2', 'begin 3', 'begin 4']);
  expect(most).toBe(2);
});
