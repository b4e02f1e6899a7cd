import type { AgentHealth } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { HealthReporter } from './health-reporter.ts';

function setUp(targets: AgentHealth['targets'] = []) {
  const clock = new FakeClock();
  const sent: AgentHealth[] = [];
  const errors: unknown[] = [];
  let failing = false;
  const health = new HealthReporter({
    clock,
    intervalMs: () => 30_000,
    measure: async () => {
      if (failing) throw new Error('no');
      return {} as Omit<AgentHealth, 'targets' | 'at'>;
    },
    targets: () => targets,
    send: (message) => sent.push(message),
    onError: (error) => errors.push(error),
  });
  return { clock, health, sent, errors, fail: (value: boolean) => (failing = value) };
}

test('is reported at the start and at each interval', async () => {
  const { clock, health, sent } = setUp();
  health.start();
  await clock.advance(0);
  expect(sent.length).toBe(1);
  await clock.advance(90_000);
  expect(sent.length).toBe(4);
  health.stop();
  await clock.advance(90_000);
  expect(sent.length).toBe(4);
});

test('is reported soon after a change, but not for each of many', async () => {
  const { clock, health, sent } = setUp();
  health.start();
  await clock.advance(5_000);
  for (let i = 0; i < 100; i += 1) {
    health.changed();
    await clock.advance(20);
  }
  expect(sent.length).toBe(2);
  await clock.advance(2_000);
  expect(sent.length).toBe(3);
});

test('continues after a failed measurement', async () => {
  const { clock, health, sent, errors, fail } = setUp();
  fail(true);
  health.start();
  await clock.advance(1_000);
  fail(false);
  await clock.advance(30_000);
  expect([sent.length, errors.length]).toEqual([1, 1]);
});

test('of very many targets shows those with trouble first', async () => {
  const target = (at: number, reachable: boolean | null) => ({
    address: `a${at}`,
    gatewayId: null,
    reachable,
    reason: null,
    lastAnswerAt: null,
  });
  const all = Array.from({ length: 1_500 }, (_, at) => target(at, at === 1_400 ? false : at === 1_450 ? null : true));
  const { targets } = await setUp(all).health.read();
  expect(targets.length).toBe(500);
  expect(targets.slice(0, 2).map(({ address }) => address)).toEqual(['a1400', 'a1450']);
});
