import { randomUUID } from 'node:crypto';
import type { Gap } from '@loopstart/contracts';
import { comparePositions, STREAM_START, type Position } from '@loopstart/domain';
import { describe, expect, test } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { MemoryStorage } from '../testing/memory-storage.ts';
import { seededRandom } from '../testing/random.ts';
import { MessageTooLargeError, Outbox } from './outbox.ts';
import type { OutboxMessage } from './reading.ts';

const GATEWAY = '6f1c1f0e-5a0b-4a43-9a6f-0d6a3f1c0001';
const AGENT = '11111111-2222-4333-8444-555555555555';
const decoder = new TextDecoder();
const parse = (message: OutboxMessage) => JSON.parse(decoder.decode(message.body)) as Record<string, unknown>;
const kinds = (messages: readonly OutboxMessage[]) => messages.map((message) => message.kind);
const all = (outbox: Outbox, after: Position = STREAM_START) => outbox.readAfter(after, 100_000, 1_000_000_000);

async function setUp(
  options: { agentId?: string; bytesMax?: number; storage?: MemoryStorage; clock?: FakeClock } = {},
) {
  const storage = options.storage ?? new MemoryStorage();
  const clock = options.clock ?? new FakeClock();
  const lost: Gap[] = [];
  const outbox = await Outbox.open({
    storage,
    clock,
    agentId: options.agentId ?? AGENT,
    bytesMax: options.bytesMax ?? 16_777_216,
    onLost: (gap) => lost.push(gap),
  });
  return { storage, clock, lost, outbox };
}

const unchanged = (at = 1) => ({ at, gatewayIds: [GATEWAY] });
const reachability = (at = 1) => ({ gatewayId: GATEWAY, at, reachable: false, reason: 'no answer' });
/** Appends in small groups, as an agent does over time, so that they are spread over several files. */
async function appendMany(outbox: Outbox, count: number): Promise<Position[]> {
  const positions: Position[] = [];
  for (let i = 0; i < count; i += 1) {
    positions.push(outbox.append('unchanged', unchanged(i)));
    if (i % 50 === 49) await outbox.flush();
  }
  await outbox.flush();
  return positions;
}

const report = (bytes: number) => ({
  gatewayId: GATEWAY,
  at: 1,
  revision: 1,
  full: true,
  pollMs: 1,
  counters: { callsIn: Array.from({ length: bytes / 8 }, () => 1_000_000) },
});
const pad = (bytes: number) =>
  Object.fromEntries(Array.from({ length: Math.ceil(bytes / 20) }, (_, i) => [`padding-${i}`, 1_000_000]));

describe('the outbox', () => {
  test('assigns growing positions and reads messages in that order, for all lanes', async () => {
    const { outbox } = await setUp();
    const positions = [
      outbox.append('unchanged', unchanged()),
      outbox.append('reachability', reachability()),
      outbox.append('unchanged', unchanged()),
    ];
    await outbox.flush();
    const messages = await all(outbox);
    expect(messages.map((message) => message.position)).toEqual(positions);
    expect(kinds(messages)).toEqual(['unchanged', 'reachability', 'unchanged']);
    expect(parse(messages[1] as OutboxMessage)).toEqual(reachability());
  });

  test('shows nothing before it is on disk', async () => {
    const { outbox, storage, clock } = await setUp();
    let synced = false;
    storage.fault = (operation, name) => {
      if (operation === 'sync' && name.startsWith('telemetry')) synced = true;
    };
    const seen: boolean[] = [];
    outbox.onCommitted(() => seen.push(synced));
    outbox.append('unchanged', unchanged());
    expect(await all(outbox)).toEqual([]);
    await clock.advance(50);
    expect(seen).toEqual([true]);
    expect(kinds(await all(outbox))).toEqual(['unchanged']);
  });

  test('many messages share one flush', async () => {
    const { outbox, storage, clock } = await setUp();
    await clock.advance(100);
    let syncs = 0;
    storage.fault = (operation) => {
      if (operation === 'sync') syncs += 1;
    };
    for (let i = 0; i < 100; i += 1) outbox.append('unchanged', unchanged(i));
    await clock.advance(50);
    expect((await all(outbox)).length).toBe(100);
    expect(syncs).toBe(1);
  });

  test('refuses a body that is too large for a message', async () => {
    const { outbox } = await setUp();
    expect(() => outbox.append('action', action(300_000))).toThrow(MessageTooLargeError);
  });

  test('every start has a later epoch, also with a clock in the past and after the files were lost', async () => {
    const clock = new FakeClock();
    const first = await setUp({ clock });
    first.outbox.append('unchanged', unchanged());
    await first.outbox.close();
    clock.setWallClock(0);
    const second = await setUp({ clock, storage: first.storage });
    expect(second.outbox.epoch).toBeGreaterThan(first.outbox.epoch);
    expect(second.outbox.starts).toBe(2);
    expect(second.outbox.last[1]).toBe(1);
    clock.setWallClock(1_800_000_000_000);
    const anew = await setUp({ clock });
    expect(anew.outbox.epoch).toBeGreaterThan(second.outbox.epoch);
  });

  test('acknowledged messages are not kept, and not sent after a restart', async () => {
    const { outbox, storage, clock } = await setUp({ bytesMax: 1_048_576 });
    const positions = await appendMany(outbox, 3_000);
    const before = storage.usedBytes;
    await outbox.ack(positions[2_989] as Position);
    expect(storage.usedBytes).toBeLessThan(before / 4);
    expect(outbox.stats().messages).toBe(10);
    await outbox.close();
    const again = await setUp({ storage, clock, bytesMax: 1_048_576 });
    expect(again.outbox.acked).toEqual(positions[2_989]);
    expect((await all(again.outbox, again.outbox.acked)).length).toBe(10);
  });

  test('for another agent on the same machine, sends unacknowledged messages, and no acknowledged ones', async () => {
    const first = await setUp();
    const positions = await appendMany(first.outbox, 10);
    await first.outbox.ack(positions[3] as Position);
    await first.outbox.close();
    const { storage, clock } = first;
    const other = { storage, clock, agentId: '99999999-2222-4333-8444-555555555555' };
    const second = await setUp(other);
    expect(second.outbox.acked).toEqual(STREAM_START);
    expect(second.outbox.stats().messages).toBe(6);
    expect((await all(second.outbox)).map((message) => message.position)).toEqual(positions.slice(4));
    await second.outbox.ack(positions[5] as Position);
    await second.outbox.close();
    const third = await setUp(other);
    expect((await all(third.outbox, third.outbox.acked)).map((message) => message.position)).toEqual(
      positions.slice(6),
    );
    expect([...first.lost, ...second.lost, ...third.lost]).toEqual([]);
  });

  test('an acknowledgement of the past changes nothing', async () => {
    const { outbox } = await setUp();
    const first = outbox.append('unchanged', unchanged());
    const second = outbox.append('unchanged', unchanged());
    await outbox.flush();
    await outbox.ack(second);
    await outbox.ack(first);
    expect(outbox.acked).toEqual(second);
  });

  test('a rewind to a stored position sends from there again and reports no gap', async () => {
    const { outbox, lost } = await setUp();
    const first = outbox.append('unchanged', unchanged());
    const second = outbox.append('unchanged', unchanged());
    await outbox.flush();
    await outbox.ack(second);
    await outbox.rewind(first);
    expect(outbox.acked).toEqual(first);
    expect((await all(outbox, outbox.acked)).map((message) => message.position)).toEqual([second]);
    expect(lost).toEqual([]);
  });

  test('a rewind to before the stored messages reports a gap, once', async () => {
    const { outbox, lost } = await setUp({ bytesMax: 1_048_576 });
    const positions = await appendMany(outbox, 3_000);
    await outbox.ack(positions.at(-1) as Position);
    await outbox.rewind(positions[4] as Position);
    await outbox.rewind(positions[4] as Position);
    await outbox.flush();
    expect(lost).toEqual([{ reason: 'server-rewound', fromAt: null, toAt: null, lost: { unknown: 2_995 } }]);
    expect(kinds(await all(outbox, outbox.acked))).toContain('gap');
  });

  test('an acknowledgement of a position never sent begins a later epoch, with a gap', async () => {
    const { outbox, lost } = await setUp();
    outbox.append('unchanged', unchanged());
    await outbox.flush();
    outbox.append('reachability', reachability());
    await outbox.ack([outbox.epoch + 5, 77]);
    const next = outbox.append('reachability', reachability());
    await outbox.flush();
    expect(lost).toMatchObject([{ reason: 'outbox-damaged', lost: { unchanged: 1, reachability: 1 } }]);
    expect(comparePositions(next, outbox.acked)).toBeGreaterThan(0);
    expect(kinds(await all(outbox, outbox.acked)).toSorted()).toEqual(['gap', 'reachability']);
  });
});

describe('a full outbox', () => {
  test('evicts telemetry first, oldest first, reports it, and keeps lasting messages', async () => {
    const { outbox, lost } = await setUp({ bytesMax: 1_048_576 });
    for (let i = 0; i < 20_000; i += 1) {
      outbox.append('unchanged', unchanged(i));
      if (i % 1_000 === 0) outbox.append('reachability', reachability(i));
      if (i % 500 === 0) await outbox.flush();
    }
    await outbox.flush();
    const messages = await all(outbox);
    expect(messages.filter((message) => message.kind === 'reachability').length).toBe(20);
    const kept = messages.filter((message) => message.kind === 'unchanged').map((message) => parse(message)['at']);
    expect(kept).toEqual(Array.from({ length: kept.length }, (_, i) => 20_000 - kept.length + i));
    const dropped = lost.reduce((sum, gap) => sum + (gap.lost['unchanged'] ?? 0), 0);
    expect(dropped).toBe(20_000 - kept.length);
    expect(new Set(lost.flatMap((gap) => Object.keys(gap.lost)))).toEqual(new Set(['unchanged']));
    const reported = messages.filter((message) => message.kind === 'gap').map((m) => (parse(m) as unknown as Gap).lost);
    expect(reported.reduce((sum, gap) => sum + (gap['unchanged'] ?? 0), 0)).toBe(dropped);
  });

  test('stays within its capacity', async () => {
    const { outbox, storage } = await setUp({ bytesMax: 1_048_576 });
    for (let i = 0; i < 40; i += 1) {
      outbox.append('action', action(60_000));
      await outbox.flush();
      expect(storage.usedBytes).toBeLessThan(1_048_576 + 2_048);
    }
  });

  test('evicts replaced inventories before others', async () => {
    const { outbox, lost } = await setUp({ bytesMax: 1_048_576 });
    const others = [randomUUID(), randomUUID()];
    for (const gatewayId of others) outbox.append('inventory', inventory(gatewayId, 1));
    for (let i = 1; i <= 60; i += 1) {
      outbox.append('inventory', inventory(GATEWAY, i));
      await outbox.flush();
    }
    const kept = (await all(outbox)).filter((message) => message.kind === 'inventory').map(parse);
    for (const gatewayId of others) expect(kept.map((body) => body['gatewayId'])).toContain(gatewayId);
    expect(kept.at(-1)).toMatchObject({ gatewayId: GATEWAY, revision: 60 });
    expect(kept.length + lost.reduce((sum, gap) => sum + (gap.lost['inventory'] ?? 0), 0)).toBe(62);
  });

  test('a gap that is itself evicted is included in the next', async () => {
    const { outbox } = await setUp({ bytesMax: 1_048_576 });
    outbox.append('gap', { reason: 'disk-full', fromAt: 5, toAt: 6, lost: { events: 7 } });
    for (let i = 0; i < 30; i += 1) {
      outbox.append('action', action(60_000));
      await outbox.flush();
    }
    const reported = (await all(outbox)).filter((m) => m.kind === 'gap').map((m) => (parse(m) as unknown as Gap).lost);
    expect(reported.reduce((sum, gap) => sum + (gap['events'] ?? 0), 0)).toBe(7);
    const kept = (await all(outbox)).filter((m) => m.kind === 'action').length;
    expect(kept + reported.reduce((sum, gap) => sum + (gap['action'] ?? 0), 0)).toBe(30);
  });
});

describe('a full disk', () => {
  test('loses nothing in a short time', async () => {
    const { outbox, storage, clock, lost } = await setUp();
    outbox.append('unchanged', unchanged(0));
    await outbox.flush();
    storage.capacityBytes = storage.usedBytes + 10;
    outbox.append('unchanged', unchanged(1));
    await clock.advance(100);
    expect(outbox.stats()).toMatchObject({ messages: 2, diskFull: true });
    storage.capacityBytes = Number.POSITIVE_INFINITY;
    await clock.advance(2_000);
    expect(outbox.stats().diskFull).toBe(false);
    expect((await all(outbox)).map((message) => parse(message)['at'])).toEqual([0, 1]);
    expect(lost).toEqual([]);
  });

  test('evicts old telemetry for lasting messages', async () => {
    const { outbox, storage, clock } = await setUp();
    for (let i = 0; i < 50; i += 1) outbox.append('unchanged', unchanged(i));
    await outbox.flush();
    storage.capacityBytes = storage.usedBytes;
    outbox.append('reachability', reachability());
    await clock.advance(3_000);
    const messages = await all(outbox);
    expect(kinds(messages).toSorted()).toEqual(['gap', 'reachability']);
    expect(parse(messages.find((m) => m.kind === 'gap') as OutboxMessage)).toMatchObject({
      reason: 'disk-full',
      lost: { unchanged: 50 },
    });
  });

  test('that stays full keeps lasting messages in limited memory, and reports what it lost', async () => {
    const { outbox, storage, clock } = await setUp();
    storage.capacityBytes = storage.usedBytes;
    for (let i = 0; i < 40; i += 1) {
      outbox.append('reports', { reports: [report(200_000)] });
      outbox.append('action', action(40_000, i));
      await clock.advance(1_000);
      expect(outbox.stats().bytes).toBeLessThan(5_000_000);
    }
    storage.capacityBytes = Number.POSITIVE_INFINITY;
    await clock.advance(2_000);
    const messages = await all(outbox);
    expect(messages.filter((message) => message.kind === 'action').length).toBe(40);
    const gap = parse(messages.find((message) => message.kind === 'gap') as OutboxMessage) as unknown as Gap;
    const reports = messages.filter((message) => message.kind === 'reports').length;
    expect(gap).toMatchObject({ reason: 'disk-full', lost: { reports: 40 - reports } });
  });

  test('an epoch can be taken while it is full', async () => {
    const { outbox, storage, clock } = await setUp();
    await outbox.close();
    storage.capacityBytes = storage.usedBytes;
    const again = await setUp({ storage, clock });
    expect(again.outbox.epoch).toBe(outbox.epoch + 1);
  });

  test('a flush that fails leaves the message waiting, and order is kept', async () => {
    const { outbox, storage, clock } = await setUp();
    let failing = true;
    storage.fault = (operation, name) => {
      if (failing && operation === 'sync' && name.startsWith('lasting')) throw new Error('I/O error');
    };
    outbox.append('unchanged', unchanged());
    outbox.append('reachability', reachability());
    await outbox.flush();
    expect(await all(outbox)).toEqual([]);
    failing = false;
    await clock.advance(1_500);
    expect(kinds(await all(outbox))).toEqual(['unchanged', 'reachability']);
  });
});

describe('damage', () => {
  test('a torn end is removed without a report: it was never sent', async () => {
    const { outbox, storage, clock } = await setUp();
    outbox.append('unchanged', unchanged());
    await outbox.close();
    storage.damage('telemetry-00000001.seg', (bytes) => Uint8Array.from([...bytes, ...bytes.subarray(0, 20)]));
    const again = await setUp({ storage, clock });
    await again.outbox.flush();
    expect(again.lost).toEqual([]);
    again.outbox.append('unchanged', unchanged());
    await again.outbox.close();
    const third = await setUp({ storage, clock });
    expect(kinds(await all(third.outbox))).toEqual(['unchanged', 'unchanged']);
  });

  test('damage in the middle costs its messages only, and is reported', async () => {
    const { outbox, storage, clock } = await setUp();
    for (let i = 0; i < 10; i += 1) outbox.append('unchanged', unchanged(i));
    await outbox.close();
    storage.damage('telemetry-00000001.seg', (bytes) => bytes.fill(0, 250, 260));
    const again = await setUp({ storage, clock });
    await again.outbox.flush();
    expect(again.lost).toMatchObject([{ reason: 'outbox-damaged', lost: { unknown: 1 } }]);
    expect(kinds(await all(again.outbox))).toEqual([...Array.from({ length: 9 }, () => 'unchanged'), 'gap']);
  });

  test('bytes damaged while the agent runs are detected when read, reported once, and the rest is sent', async () => {
    const { outbox, storage, clock, lost } = await setUp();
    for (let i = 0; i < 5; i += 1) outbox.append('unchanged', unchanged(i));
    await outbox.flush();
    storage.damage('telemetry-00000001.seg', (bytes) => bytes.fill(0, 120, 130));
    expect((await all(outbox)).length).toBe(4);
    await all(outbox);
    await clock.advance(100);
    expect(lost).toMatchObject([{ reason: 'outbox-damaged', lost: { unchanged: 1 } }]);
    expect(kinds(await all(outbox)).at(-1)).toBe('gap');
  });

  test.for([['ledger.bin'], ['telemetry-00000001.seg'], ['lasting-00000001.seg']] as const)(
    '%s made of noise does not stop the start',
    async ([name]) => {
      const { outbox, storage, clock } = await setUp();
      outbox.append('unchanged', unchanged());
      outbox.append('reachability', reachability());
      await outbox.close();
      const random = seededRandom(7);
      storage.damage(name, (bytes) => bytes.map(() => Math.floor(random() * 256)));
      const again = await setUp({ storage, clock });
      expect(again.outbox.epoch).toBeGreaterThan(outbox.epoch);
      const position = again.outbox.append('unchanged', unchanged());
      await again.outbox.flush();
      expect((await all(again.outbox)).at(-1)?.position).toEqual(position);
    },
  );
});

describe('power cuts at any instant', () => {
  test.for(Array.from({ length: 60 }, (_, seed) => [seed] as const))(
    'seed %i: what was flushed is there, in order, and nothing twice',
    async ([seed]) => {
      const random = seededRandom(seed);
      const storage = new MemoryStorage();
      const clock = new FakeClock();
      const flushed = new Map<string, number>();
      let acked: Position = STREAM_START;
      let lastPosition: Position = STREAM_START;
      for (let life = 0; life < 6; life += 1) {
        const outbox = await Outbox.open({ storage, clock, agentId: AGENT, bytesMax: 268_435_456 });
        const found = await all(outbox);
        const positions = found.map((message) => message.position.join(':'));
        expect(new Set(positions).size).toBe(positions.length);
        for (const [index, message] of found.entries()) {
          const before = found[index - 1];
          if (before !== undefined) expect(comparePositions(before.position, message.position)).toBeLessThan(0);
        }
        for (const [position] of flushed) expect(positions).toContain(position);
        expect(comparePositions([outbox.epoch, 0], lastPosition)).toBeGreaterThan(0);
        for (let step = 0; step < 30; step += 1) {
          const position =
            random() < 0.5
              ? outbox.append('unchanged', unchanged(step))
              : outbox.append('reachability', reachability(step));
          lastPosition = position;
          if (random() < 0.3) {
            await outbox.flush();
            for (const message of await all(outbox, acked)) flushed.set(message.position.join(':'), 1);
          }
          if (random() < 0.05 && flushed.size > 0) {
            const upTo = [...flushed.keys()].map((key) => key.split(':').map(Number) as [number, number]);
            acked = upTo[Math.floor(random() * upTo.length)] as Position;
            await outbox.ack(acked);
            for (const key of flushed.keys()) {
              if (comparePositions(key.split(':').map(Number) as [number, number], acked) <= 0) flushed.delete(key);
            }
          }
        }
        storage.powerCut(random);
        await clock.advance(0);
      }
    },
  );
});

function inventory(gatewayId: string, revision: number) {
  return {
    gatewayId,
    revision,
    address: '192.0.2.1',
    driverId: 'generic',
    driverRevision: 1,
    evidence: 'generic' as const,
    unknownHardware: true,
    pollIntervalMs: 60_000,
    gateway: {
      vendor: 'x'.repeat(40_000),
      model: 'm',
      firmware: null,
      hardwareRevision: null,
      serial: null,
      macAddress: null,
      sysName: null,
      sysDescr: null,
      sysObjectId: null,
      powerSource: null,
    },
    capabilities: {},
    actions: [],
    ports: [],
  };
}

function action(bytes: number, at = 1) {
  return { actionId: GATEWAY, at, state: 'running' as const, reason: null, result: pad(bytes) };
}
