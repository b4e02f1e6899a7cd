/**
 * Messages under fire: while incidents are told to webhooks, delivering processes are killed with SIGKILL and the
 * database crashes (a backend of it is killed, after which PostgreSQL drops every connection and recovers from its log).
 * Every arrival is written down by the receiver and compared with what was committed: none may be lost, come out of
 * order, or come twice more often than once in a thousand. Redis has no part in it.
 *
 *     npm run bench -- webhook-faults [--messages 10000] [--endpoints 8] [--rate 80] [--kills 6] [--crashes 2] [--workers 3] [--seed 1]
 */
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startTestServer, TEMPLATE } from '../test/postgres.ts';
import { SinkProcess, sleep, startWorker, stopped } from './webhooks/children.ts';
import { Office } from './webhooks/office.ts';
import type { Arrival } from './webhooks/sink.ts';

const { values: flags } = parseArgs({
  options: {
    messages: { type: 'string', default: '10000' },
    endpoints: { type: 'string', default: '8' },
    rate: { type: 'string', default: '80' },
    kills: { type: 'string', default: '6' },
    crashes: { type: 'string', default: '2' },
    workers: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
  },
});
/** The life of an incident, as told. */
const LIFE = ['incident.raised', 'incident.acknowledged', 'incident.updated', 'incident.resolved'] as const;
const incidents = Math.ceil(Number(flags.messages) / LIFE.length);
const messages = incidents * LIFE.length;
const rate = Number(flags.rate);
const DUPLICATES_MAX = messages / 1000;
/** Long enough for a lease to run out and the rest to be sent. */
const ARRIVAL_MS = 120_000;

/** Committed: webhook-id to where and what. */
const committed = new Map<string, { path: string; incidentId: string; seq: number }>();
const arrivals: Arrival[] = [];
const durable = ['fsync=on', 'full_page_writes=on', 'synchronous_commit=on', 'shared_buffers=256MB'];
const server = await startTestServer(durable.flatMap((setting) => ['-c', setting]));
const url = server.appUrl(TEMPLATE);
const sink = await SinkProcess.start();
const office = new Office(url);
const workers: ChildProcess[] = [];
let random = Number(flags.seed);
let writing = true;

try {
  await office.begin();
  const channels = await Promise.all(
    Array.from({ length: Number(flags.endpoints) }, async (_, n) => ({
      id: await office.addWebhook(sink.url(`/endpoint-${n}`)),
      path: `/endpoint-${n}`,
    })),
  );
  for (let n = 0; n < Number(flags.workers); n += 1) workers.push(await startWorker(url));
  const began = performance.now();
  const faults = makeFaults((messages / rate) * 1000);
  await write(channels);
  writing = false;
  const made = await faults;
  await arrived();
  report(made, (performance.now() - began) / 1000);
} finally {
  writing = false;
  for (const worker of workers) await stopped(worker, 'SIGTERM');
  await office.end();
  await sink.stop();
  await server.stop();
}

/** Incidents begin at the rate and are told step by step; what the database did not take is written again. */
async function write(channels: readonly { id: string; path: string }[]): Promise<void> {
  const lives: Promise<void>[] = [];
  for (let n = 0; n < incidents; n += 1) {
    lives.push(tellLife(channels[n % channels.length]!));
    await sleep((LIFE.length * 1000) / rate);
  }
  await Promise.all(lives);
}

async function tellLife({ id, path }: { id: string; path: string }): Promise<void> {
  const incidentId = randomUUID();
  for (const [index, type] of LIFE.entries()) {
    const seq = index + 1;
    for (;;) {
      try {
        // The same key again is the same message, should the commit have worked and its answer been lost.
        const messageId = await office.tx((sql) => office.tell(sql, type, incidentId, seq, [id]));
        committed.set(`msg_${messageId}`, { path, incidentId, seq });
        break;
      } catch {
        await sleep(200);
      }
    }
    await sleep(50);
  }
}

/** Kills and crashes spread over the run, in an order that the seed decides. */
async function makeFaults(overMs: number): Promise<{ kills: number; crashes: number }> {
  const faults = [
    ...Array.from({ length: Number(flags.kills) }, () => 'kill' as const),
    ...Array.from({ length: Number(flags.crashes) }, () => 'crash' as const),
  ].toSorted(() => nextRandom() - 0.5);
  const made = { kills: 0, crashes: 0 };
  const began = performance.now();
  for (const [index, fault] of faults.entries()) {
    await sleep(Math.max(0, began + ((index + 1) * overMs) / (faults.length + 1) - performance.now()));
    if (!writing) break;
    if (fault === 'kill') {
      const victim = Math.floor(nextRandom() * workers.length);
      await stopped(workers[victim]!, 'SIGKILL');
      made.kills += 1;
      workers[victim] = await startWorker(url);
    } else {
      await crashDatabase();
      made.crashes += 1;
    }
  }
  return made;
}

/** Kills one backend: its postmaster ends all others and recovers, as after a crash of the machine's memory. */
async function crashDatabase(): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  process.kill(rows[0]!.pid, 'SIGKILL');
  await client.end().catch(() => undefined);
}

async function arrived(): Promise<void> {
  const deadline = performance.now() + ARRIVAL_MS;
  const seen = new Set<string>();
  const missing = () => [...committed.keys()].some((id) => !seen.has(id));
  do {
    await sleep(200);
    for (const arrival of await sink.take()) {
      arrivals.push(arrival);
      seen.add(arrival.id);
    }
  } while (missing() && performance.now() < deadline);
  // What was under way when the last of them came.
  await sleep(1_000);
  arrivals.push(...(await sink.take()));
}

function report(made: { kills: number; crashes: number }, tookS: number): void {
  const first = new Map<string, Arrival>();
  for (const arrival of arrivals) if (!first.has(arrival.id)) first.set(arrival.id, arrival);
  const lost = [...committed.keys()].filter((id) => !first.has(id)).length;
  const strange = arrivals.filter(({ id, path }) => committed.get(id)?.path !== path).length;
  const duplicates = arrivals.length - first.size;
  const lastSeq = new Map<string, number>();
  let disorder = 0;
  for (const { incidentId, seq } of first.values()) {
    if (seq !== (lastSeq.get(incidentId) ?? 0) + 1) disorder += 1;
    lastSeq.set(incidentId, seq);
  }
  console.log(
    `${committed.size} messages of ${incidents} incidents to ${flags.endpoints} endpoints in ${tookS.toFixed(0)} s, ${flags.workers} processes; ${made.kills} processes killed, ${made.crashes} crashes of the database.`,
  );
  console.log(
    `Lost ${lost}; came again with the same id ${duplicates} (${((duplicates * 100) / committed.size).toFixed(3)} %, at most ${DUPLICATES_MAX}); never committed ${strange}; out of order ${disorder}.`,
  );
  if (lost > 0 || strange > 0 || disorder > 0 || duplicates > DUPLICATES_MAX) process.exitCode = 1;
}

/** Mulberry32: the same faults for the same seed. */
function nextRandom(): number {
  random = (random + 0x6d2b79f5) | 0;
  let t = Math.imul(random ^ (random >>> 15), 1 | random);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
}
