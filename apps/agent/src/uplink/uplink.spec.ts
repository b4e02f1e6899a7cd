import type { DownRequest, UpMessage } from '@loopstart/contracts';
import { comparePositions, type Position } from '@loopstart/domain';
import { describe, expect, test } from 'vitest';
import { Outbox } from '../outbox/outbox.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { MemoryCloud } from '../testing/memory-cloud.ts';
import { MemoryStorage } from '../testing/memory-storage.ts';
import { quietLog } from '../testing/quiet-log.ts';
import { seededRandom } from '../testing/random.ts';
import { parseDown, Uplink } from './uplink.ts';

const AGENT = '11111111-2222-4333-8444-555555555555';
const GATEWAY = '6f1c1f0e-5a0b-4a43-9a6f-0d6a3f1c0001';
const positionOf = (message: UpMessage): Position => [message.epoch, message.seq];

async function setUp(seed = 1, trouble = 0) {
  const clock = new FakeClock();
  const random = seededRandom(seed);
  const storage = new MemoryStorage();
  const cloud = new MemoryCloud({ clock, random, trouble });
  const requests: DownRequest[] = [];
  const start = async () => {
    const outbox = await Outbox.open({ storage, clock, agentId: AGENT, bytesMax: 1_048_576 });
    const uplink = new Uplink({
      outbox,
      transport: cloud,
      clock,
      random,
      log: quietLog,
      onRequest: async (request) => {
        requests.push(request);
      },
    });
    uplink.start();
    await clock.advance(0);
    return { outbox, uplink };
  };
  return { clock, random, storage, cloud, requests, start };
}

/** About a kilobyte, so that files of the outbox fill, are removed, and cannot be sent again. */
const sayUnchanged = (outbox: Outbox, at: number) =>
  outbox.append('unchanged', { at, gatewayIds: Array.from({ length: 25 }, () => GATEWAY) });

describe('the uplink', () => {
  test('sends the outbox in order, and removes acknowledged messages', async () => {
    const { clock, cloud, start } = await setUp();
    const { outbox } = await start();
    for (let i = 0; i < 500; i += 1) sayUnchanged(outbox, i);
    await clock.advance(200);
    expect(cloud.stored.map((message) => message.kind === 'unchanged' && message.body.at)).toEqual(
      Array.from({ length: 500 }, (_, i) => i),
    );
    expect(outbox.stats().messages).toBe(0);
    expect(cloud.duplicates).toBe(0);
  });

  test('each message names its predecessor', async () => {
    const { clock, cloud, start } = await setUp();
    const { outbox } = await start();
    for (let i = 0; i < 3; i += 1) sayUnchanged(outbox, i);
    await clock.advance(100);
    const [first, second, third] = cloud.stored as [UpMessage, UpMessage, UpMessage];
    expect(first.after).toEqual([0, 0]);
    expect(second.after).toEqual(positionOf(first));
    expect(third.after).toEqual(positionOf(second));
  });

  test('is present while connected, and absent after it stopped', async () => {
    const { clock, cloud, start } = await setUp();
    const { outbox, uplink } = await start();
    expect(cloud.presence).toMatchObject({ online: true, epoch: outbox.epoch });
    sayUnchanged(outbox, 1);
    const stopped = uplink.stop(1_000);
    await clock.advance(2_000);
    await stopped;
    expect(cloud.presence).toMatchObject({ online: false, reason: 'stopping' });
    expect(cloud.stored.length).toBe(1);
  });

  test('keeps messages while the cloud is away and sends them when it is back', async () => {
    const { clock, cloud, start } = await setUp();
    const { outbox, uplink } = await start();
    cloud.reachable = false;
    cloud.breakConnection();
    expect(cloud.presence).toEqual({ v: 1, online: false, at: expect.any(Number), epoch: outbox.epoch });
    for (let i = 0; i < 300; i += 1) {
      sayUnchanged(outbox, i);
      await clock.advance(1_000);
    }
    expect(uplink.status).toMatchObject({ connected: false, lastError: 'connection refused' });
    expect(cloud.stored).toEqual([]);
    cloud.reachable = true;
    await clock.advance(61_000);
    expect(cloud.stored.length).toBe(300);
  });

  test('makes a new connection on request, at once', async () => {
    const { clock, cloud, start } = await setUp();
    const { uplink } = await start();
    await uplink.renewConnection();
    await clock.advance(10);
    expect(cloud.connections).toBe(2);
    expect(uplink.status.connected).toBe(true);
  });

  test('passes on other requests of the cloud, and ignores unknown ones', async () => {
    const { clock, cloud, requests, start } = await setUp();
    const { uplink } = await start();
    cloud.send({ v: 1, kind: 'certificate', certificatePem: 'c', caPem: 'a' });
    cloud.send({ v: 2, kind: 'dance' } as never);
    await clock.advance(10);
    expect(requests).toEqual([{ v: 1, kind: 'certificate', certificatePem: 'c', caPem: 'a' }]);
    expect(uplink.status.refusedDown).toBe(1);
  });

  test('after a restart continues after the acknowledged messages', async () => {
    const { clock, cloud, start } = await setUp();
    const first = await start();
    for (let i = 0; i < 10; i += 1) sayUnchanged(first.outbox, i);
    await clock.advance(100);
    const stopped = first.uplink.stop(100);
    await clock.advance(200);
    await stopped;
    await first.outbox.close();
    const second = await start();
    sayUnchanged(second.outbox, 10);
    await clock.advance(100);
    expect(cloud.stored.length).toBe(11);
    expect(cloud.duplicates).toBe(0);
    expect(cloud.stored.at(-1)).toMatchObject({ epoch: second.outbox.epoch, seq: 11 });
  });
});

describe('messages from the cloud', () => {
  test.for([
    ['noise', new Uint8Array([0xff, 0x00]), /not JSON/],
    ['nothing', new Uint8Array(0), /not JSON/],
    ['another version', text({ v: 9, kind: 'ack', position: [1, 1] }), /v/],
    ['an acknowledgement of nothing', text({ v: 1, kind: 'ack' }), /position/],
    ['a position that is none', text({ v: 1, kind: 'rewind', position: [1, -4] }), /position/],
    ['an endless pause', text({ v: 1, kind: 'pause', forMs: 1e9 }), /forMs/],
  ] as const)('%s is refused with a reason', ([, payload, reason]) => {
    expect(parseDown(payload)).toMatch(reason);
  });
});

describe('against a cloud that misbehaves', () => {
  test.for(Array.from({ length: 40 }, (_, seed) => [seed] as const))(
    'seed %i: nothing is lost without a gap, doubled or reordered',
    async ([seed]) => {
      const { clock, random, storage, cloud, start } = await setUp(seed, seed % 2 === 0 ? 1 : 0.1);
      /** Messages known to be on disk, by their number, and whether a lost commit may have taken them. */
      const onDisk = new Set<number>();
      let next = 0;
      let running = await start();
      for (let life = 0; life < 4; life += 1) {
        for (let step = 0; step < 60; step += 1) {
          const count = Math.floor(random() * 20);
          const batch: number[] = [];
          for (let i = 0; i < count; i += 1) {
            batch.push(next);
            sayUnchanged(running.outbox, next++);
          }
          await running.outbox.flush();
          for (const number of batch) onDisk.add(number);
          await clock.advance(Math.floor(random() * 400));
          if (random() < 0.05) cloud.breakConnection();
          if (random() < 0.02) {
            // What is stored is only added to, but here: so what was wrong is seen now, or at the end.
            check(cloud);
            cloud.loseAfter(Math.floor(random() * cloud.stored.length));
          }
        }
        check(cloud);
        if (life === 3) break;
        cloud.breakConnection();
        const stopped = running.uplink.stop(0);
        await clock.advance(100);
        await stopped;
        storage.powerCut(random);
        running = await start();
      }
      cloud.trouble = 0;
      await clock.advance(300_000);
      check(cloud);
      const stored = new Set(cloud.stored.map((message) => (message.kind === 'unchanged' ? message.body.at : -1)));
      const missing = [...onDisk].filter((number) => !stored.has(number));
      const reported = cloud.gaps().reduce((sum, gap) => sum + Object.values(gap.lost).reduce((a, b) => a + b, 0), 0);
      expect(missing.length, `seed ${seed}: ${missing.length} missing, ${reported} reported`).toBeLessThanOrEqual(
        reported,
      );
      expect(running.outbox.stats().messages).toBe(0);
    },
  );
});

/** The stored messages are in order and unique. */
function check(cloud: MemoryCloud): void {
  for (let i = 1; i < cloud.stored.length; i += 1) {
    const [before, message] = cloud.stored.slice(i - 1, i + 1) as [UpMessage, UpMessage];
    expect(comparePositions(positionOf(before), positionOf(message))).toBeLessThan(0);
  }
  const numbers = cloud.stored.flatMap((message) => (message.kind === 'unchanged' ? [message.body.at] : []));
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
}

function text(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
