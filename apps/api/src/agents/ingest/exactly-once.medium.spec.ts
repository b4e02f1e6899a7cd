import { randomUUID } from 'node:crypto';
import { comparePositions, type Position } from '@loopstart/domain';
import type { UpMessage } from '@loopstart/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../../../test/database.ts';
import {
  type IngestInstance,
  inventoryOf,
  itemOf,
  plantAgent,
  reportOf,
  rowsOf,
  startIngest,
  TestStream,
} from '../../../test/ingest.ts';

const START = Date.parse('2026-05-12T10:00:00Z');
const REPORTS = 25;
let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

/** mulberry32: a small generator whose seed identifies the run. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Reports in which port 1 goes off and on hook in turn, each with an event, so that loss, repetition and disorder show. */
function history(gatewayId: string): UpMessage[] {
  const stream = new TestStream();
  stream.say('inventory', inventoryOf(gatewayId, [1]));
  for (let index = 1; index <= REPORTS; index += 1) {
    const at = START + index * 1000;
    if (index === 12) stream.epoch = 2;
    const measures = { lineVoltageV: [index] };
    stream.say('reports', { reports: [reportOf(gatewayId, at, { state: { hook: [index % 2] }, measures })] });
    if (index % 5 === 0)
      stream.say('events', {
        events: [
          {
            id: randomUUID(),
            gatewayId,
            at,
            kind: 'hook-change',
            severity: 'info',
            position: 1,
            text: `${index}`,
            alarmKey: null,
            source: 'poll',
            detail: {},
          },
        ],
      });
    if (index % 7 === 0) stream.say('gap', { reason: 'outbox-full', fromAt: null, toAt: null, lost: { reports: 1 } });
  }
  return stream.messages;
}

const positionOf = (message: UpMessage): Position => [message.epoch, message.seq];

/** Shuffles some, drops some, repeats some. */
function mangle<T>(messages: readonly T[], random: () => number): T[] {
  const sent = messages.flatMap((message) => (random() < 0.15 ? [] : random() < 0.2 ? [message, message] : [message]));
  for (let index = sent.length - 1; index > 0; index -= 1) {
    if (random() > 0.3) continue;
    const other = Math.floor(random() * (index + 1));
    [sent[index], sent[other]] = [sent[other]!, sent[index]!];
  }
  return sent;
}

async function deliverAll(agentId: string, messages: readonly UpMessage[], random: () => number): Promise<void> {
  const now = () => START + 3_600_000;
  let instances: IngestInstance[] = [await startIngest(database.config, now), await startIngest(database.config, now)];
  let committed: Position = [0, 0];
  try {
    while (comparePositions(committed, positionOf(messages.at(-1)!)) < 0) {
      const rest = messages.filter((message) => comparePositions(positionOf(message), committed) > 0);
      const window = mangle(rest.slice(0, 1 + Math.floor(random() * 12)), random);
      // The same messages reach both processes in parts and at the same time, as over a shared subscription with
      // redelivery.
      const parts = instances.map(() => window.filter(() => random() < 0.7));
      const work = Promise.allSettled(
        instances.map(async ({ committer }, index) => {
          const items = parts[index]!.map((message) => itemOf(agentId, message, now()));
          return items.length === 0 ? [] : await committer.commit(items);
        }),
      );
      if (random() < 0.15) await killConnections(random);
      for (const result of await work) {
        if (result.status === 'rejected') continue;
        for (const { agents } of result.value)
          for (const agent of agents) if (comparePositions(agent.committed, committed) > 0) committed = agent.committed;
      }
      if (random() < 0.1) {
        await instances[0]!.close();
        instances = [instances[1]!, await startIngest(database.config, now)];
      }
    }
  } finally {
    await Promise.all(instances.map((instance) => instance.close()));
  }
}

/** The effect of a database restart on clients with work in progress. */
async function killConnections(random: () => number): Promise<void> {
  await rowsOf(
    database.ownerUrl,
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle' and hashint4(pid) % 2 = $1`,
    [random() < 0.5 ? 0 : 1],
  );
}

test('with any faults of network and processes, each message counts once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const { agentId } = await plantAgent(database.ownerUrl);
      const gatewayId = randomUUID();
      const messages = history(gatewayId);
      await deliverAll(agentId, messages, randomOf(seed));

      const changes = await rowsOf<{ at: Date; from_code: number | null; to_code: number }>(
        database.ownerUrl,
        'select at, from_code, to_code from port_state_change where gateway_id = $1 order by at',
        [gatewayId],
      );
      expect(changes.map(({ at }) => at.getTime())).toEqual(
        Array.from({ length: REPORTS }, (_, index) => START + (index + 1) * 1000),
      );
      changes.forEach(({ from_code: from, to_code: to }, index) => {
        expect([from, to]).toEqual([index === 0 ? null : index % 2, (index + 1) % 2]);
      });
      const samples = await rowsOf<{ v: number }>(
        database.ownerUrl,
        'select line_voltage_v[1] as v from gateway_sample where gateway_id = $1 order by taken_at',
        [gatewayId],
      );
      expect(samples.map(({ v }) => v)).toEqual(Array.from({ length: REPORTS }, (_, index) => index + 1));
      const events = await rowsOf<{ text: string }>(
        database.ownerUrl,
        `select text from gateway_event where gateway_id = $1 and kind = 'hook-change' order by at`,
        [gatewayId],
      );
      expect(events.map(({ text }) => text)).toEqual(['5', '10', '15', '20', '25']);
      const [agent] = await rowsOf(
        database.ownerUrl,
        'select lost_messages, rejected_messages from agent where id = $1',
        [agentId],
      );
      expect(agent).toEqual({ lost_messages: '3', rejected_messages: '0' });
      const [current] = await rowsOf(
        database.ownerUrl,
        'select hook, line_voltage_v from gateway_current where gateway_id = $1',
        [gatewayId],
      );
      expect(current).toEqual({ hook: [REPORTS % 2], line_voltage_v: [REPORTS] });
    }),
    { numRuns: 10 },
  );
}, 120_000);
