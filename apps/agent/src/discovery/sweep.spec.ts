import { Target } from '@loopstart/contracts';
import { SnmpError, type SnmpClient } from '@loopstart/snmp';
import { expect, test } from 'vitest';
import { sweep } from './sweep.ts';

const target = Target.parse({ id: 'x', address: '10.0.0.0/22', access: { version: 'v2c', community: 'public' } });

/** A network where `answers` decides; counts how many requests were open at once. */
function network(answers: (host: string) => 'yes' | 'no' | 'refuses') {
  const seen = { open: 0, most: 0, asked: 0 };
  const get: SnmpClient['get'] = async ({ host }) => {
    seen.open += 1;
    seen.asked += 1;
    seen.most = Math.max(seen.most, seen.open);
    await new Promise((resolve) => setImmediate(resolve));
    seen.open -= 1;
    const answer = answers(host);
    if (answer === 'no') throw new SnmpError('timeout', 'no answer');
    if (answer === 'refuses') throw new SnmpError('auth', 'not you');
    return [];
  };
  return { client: { get }, seen };
}

function* numbers(count: number, taken: { count: number }): Iterable<string> {
  for (let index = 0; index < count; index += 1) {
    taken.count += 1;
    yield String(index);
  }
}

test('every address that answers is found, also one that refuses the access', async () => {
  const { client, seen } = network((host) => (host === '7' ? 'yes' : host === '900' ? 'refuses' : 'no'));
  const found = await sweep(client, target, numbers(1_000, { count: 0 }), new AbortController().signal);
  expect(found.toSorted()).toEqual(['7', '900']);
  expect([seen.asked, seen.most]).toEqual([1_000, 32]);
});

test('addresses are taken only when there is a free slot, and none after the end', async () => {
  const abort = new AbortController();
  const taken = { count: 0 };
  const { client, seen } = network(() => {
    if (seen.asked >= 100) abort.abort();
    return 'no';
  });
  await sweep(client, target, numbers(2_000_000, taken), abort.signal);
  expect(taken.count).toBeLessThan(200);
  expect(taken.count - seen.asked).toBeLessThanOrEqual(32);
});
