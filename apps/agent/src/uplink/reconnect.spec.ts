import { expect, test } from 'vitest';
import { Outbox } from '../outbox/outbox.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { MemoryStorage } from '../testing/memory-storage.ts';
import { quietLog } from '../testing/quiet-log.ts';
import type { ConnectionHandlers, Transport } from './transport.ts';
import { Uplink } from './uplink.ts';

const UP_MS = 600_000;

/** A cloud that is gone from `goneAtMs` on: a try takes its maximum time and fails. Records when each began. */
class GoneCloud implements Transport {
  readonly tries: { atMs: number; withinMs: number }[] = [];
  #drop: ConnectionHandlers['onClosed'] = () => undefined;
  readonly #clock: FakeClock;
  #gone = false;

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  go(): void {
    this.#gone = true;
    this.#drop('gone', 'other');
  }

  async connect(_will: unknown, handlers: ConnectionHandlers, withinMs: number): ReturnType<Transport['connect']> {
    if (this.#gone) {
      this.tries.push({ atMs: this.#clock.monotonicMs() - UP_MS, withinMs });
      await new Promise<void>((resolve) => this.#clock.schedule(withinMs, resolve));
      throw new Error('no answer');
    }
    this.#drop = handlers.onClosed;
    return { publish: async () => undefined, setPresence: async () => undefined, close: async () => undefined };
  }
}

test('a connection that breaks is tried again soon and often at first, and rarely in an outage', async () => {
  const clock = new FakeClock();
  const outbox = await Outbox.open({
    storage: new MemoryStorage(),
    clock,
    agentId: '11111111-2222-4333-8444-555555555555',
    bytesMax: 1_048_576,
  });
  const cloud = new GoneCloud(clock);
  // The longest waits there can be.
  const uplink = new Uplink({
    outbox,
    transport: cloud,
    clock,
    random: () => 1,
    log: quietLog,
    onRequest: async () => undefined,
  });
  uplink.start();
  await clock.advance(UP_MS);
  cloud.go();
  await clock.advance(300_000);
  const soon = cloud.tries.filter(({ atMs }) => atMs < 45_000);
  expect(soon.every(({ withinMs }) => withinMs === 6_000)).toBe(true);
  // Whenever the line is back within half a minute, a try begins at most eight seconds after.
  const gaps = soon.slice(1).map(({ atMs }, index) => atMs - soon[index]!.atMs);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(8_000);
  expect(soon.length).toBeGreaterThanOrEqual(5);
  const later = cloud.tries.slice(-3);
  expect(later.map(({ withinMs }) => withinMs)).toEqual([10_000, 10_000, 10_000]);
  expect(later[2]!.atMs - later[1]!.atMs).toBe(40_000);
});

/** A cloud that gives each connection of this agent to another one a moment later. */
class TakingCloud implements Transport {
  readonly atMs: number[] = [];
  readonly #clock: FakeClock;

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  connect(_will: unknown, handlers: ConnectionHandlers): ReturnType<Transport['connect']> {
    this.atMs.push(this.#clock.monotonicMs());
    this.#clock.schedule(1_000, () => handlers.onClosed('another took over', 'taken-over'));
    return Promise.resolve({
      publish: async () => undefined,
      setPresence: async () => undefined,
      close: async () => undefined,
    });
  }
}

test('an agent that is taken over repeatedly waits longer each time', async () => {
  const clock = new FakeClock();
  const outbox = await Outbox.open({
    storage: new MemoryStorage(),
    clock,
    agentId: '11111111-2222-4333-8444-555555555555',
    bytesMax: 1_048_576,
  });
  const cloud = new TakingCloud(clock);
  const options = { outbox, transport: cloud, clock, random: () => 0, log: quietLog, onRequest: async () => undefined };
  new Uplink(options).start();
  await clock.advance(3_600_000);
  const gaps = cloud.atMs.slice(1).map((atMs, index) => atMs - cloud.atMs[index]! - 1_000);
  // Once is the agent itself on a new line, without a wait.
  expect(gaps[0]).toBeLessThanOrEqual(2_000);
  expect(gaps.slice(1, 7)).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, 300_000]);
  expect(cloud.atMs.length).toBeLessThan(20);
});
