/**
 * From commit to receiver: how soon a message goes out, how many a second, and what a dead endpoint does to the others.
 * The reference in the same run is a bare loop of the same POSTs, with no database, signature or order.
 *
 *     npm run bench -- webhooks [--messages 5000] [--channels 10] [--rate 20] [--seconds 15] [--workers 1]
 */
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { parseArgs } from 'node:util';
import { incidentPayload } from '../test/outbound/messages.ts';
import { startTestServer, TEMPLATE } from '../test/postgres.ts';
import { percentile, SinkProcess, sleep, startWorker, stopped } from './webhooks/children.ts';
import { Office } from './webhooks/office.ts';

const { values: flags } = parseArgs({
  options: {
    messages: { type: 'string', default: '5000' },
    channels: { type: 'string', default: '10' },
    rate: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '15' },
    workers: { type: 'string', default: '1' },
  },
});
const messages = Number(flags.messages);
const channelCount = Number(flags.channels);
const rate = Number(flags.rate);
const seconds = Number(flags.seconds);
/** Messages written in one transaction when the rate does not matter. */
const BATCH = 100;
const BARE_CONCURRENCY = 16;
const goals: [name: string, met: boolean][] = [];

const durable = ['fsync=on', 'full_page_writes=on', 'synchronous_commit=on', 'shared_buffers=256MB'];
const server = await startTestServer(durable.flatMap((setting) => ['-c', setting]));
const url = server.appUrl(TEMPLATE);
const sink = await SinkProcess.start();
const office = new Office(url);
const workers = await Promise.all(Array.from({ length: Number(flags.workers) }, () => startWorker(url)));

try {
  await office.begin();
  await latency();
  await throughput();
  await besideDead();
} finally {
  for (const worker of workers) await stopped(worker, 'SIGTERM');
  await office.end();
  await sink.stop();
  await server.stop();
}
for (const [name, met] of goals) console.log(`${met ? 'met ' : 'MISSED'}  ${name}`);
if (goals.some(([, met]) => !met)) process.exitCode = 1;

/** Milliseconds from the commit to the receiver, at a steady rate. */
async function steady(channels: readonly string[], path: string): Promise<number[]> {
  const committed = new Map<string, number>();
  const count = rate * seconds;
  const began = performance.now();
  for (let n = 0; n < count; n += 1) {
    const id = await office.tx((sql) => office.tell(sql, 'incident.raised', randomUUID(), 1, channels));
    committed.set(`msg_${id}`, performance.timeOrigin + performance.now());
    await sleep(Math.max(0, began + ((n + 1) * 1000) / rate - performance.now()));
  }
  const delays: number[] = [];
  const deadline = performance.now() + 60_000;
  while (delays.length < count) {
    if (performance.now() > deadline) throw new Error(`${count - delays.length} messages did not arrive`);
    for (const arrival of await sink.take())
      if (arrival.path === path) delays.push(arrival.at - committed.get(arrival.id)!);
    await sleep(50);
  }
  return delays;
}

async function latency(): Promise<void> {
  const channel = await office.addWebhook(sink.url('/steady'));
  const delays = await steady([channel], '/steady');
  console.log(`First attempt after the commit, ${rate} messages/s for ${seconds} s: ${inMs(delays)}`);
  goals.push(['first attempt within 1 s of the commit at p99', percentile(delays, 0.99) <= 1000]);
  await office.removeChannels();
}

async function throughput(): Promise<void> {
  const bodies = Array.from({ length: messages }, () =>
    JSON.stringify(incidentPayload('incident.raised', office.operatorId, { incidentId: randomUUID() })),
  );
  const bare = await bareLoop(bodies);
  await sink.take();
  const channels = await Promise.all(
    Array.from({ length: channelCount }, (_, n) => office.addWebhook(sink.url(`/channel-${n}`))),
  );
  // All of it becomes visible at once, so that writing it is not measured.
  await office.tx((sql) => sql.query("update channel set open_until = now() + interval '1 day'"));
  for (let n = 0; n < messages; n += BATCH)
    await office.tx(async (sql) => {
      for (let m = n; m < Math.min(n + BATCH, messages); m += 1)
        await office.tell(sql, 'incident.raised', randomUUID(), 1, [channels[m % channelCount]!]);
    });
  const began = performance.now();
  await office.tx((sql) => sql.query('update channel set open_until = null'));
  await office.tx((sql) => sql.query('notify loopstart_outbound'));
  while ((await sink.count()) < messages) await sleep(20);
  const perSecond = (messages * 1000) / (performance.now() - began);
  console.log(
    `${messages} messages waiting to ${channelCount} endpoints, ${workers.length} process(es): ${perSecond.toFixed(0)} deliveries/s; a bare loop of the same POSTs, ${BARE_CONCURRENCY} at once: ${bare.toFixed(0)}/s. Ratio ${(perSecond / bare).toFixed(2)}.`,
  );
  goals.push(['200 deliveries/s', perSecond >= 200]);
  const ids = (await sink.take()).map(({ id }) => id);
  goals.push(['each delivered once', new Set(ids).size === messages && ids.length === messages]);
  await office.removeChannels();
}

/** The same bodies to the same receiver, each on a connection of its own. Returns requests a second. */
async function bareLoop(bodies: readonly string[]): Promise<number> {
  const target = new URL(sink.url('/bare'));
  const post = (body: string) =>
    new Promise<void>((resolve, reject) => {
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'webhook-id': 'bare',
      };
      const sent = request(target, { method: 'POST', agent: false, headers }, (response) => {
        response.resume().once('end', resolve);
      });
      sent.once('error', reject).end(body);
    });
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: BARE_CONCURRENCY }, async () => {
      while (next < bodies.length) await post(bodies[next++]!);
    }),
  );
  return (bodies.length * 1000) / (performance.now() - began);
}

async function besideDead(): Promise<void> {
  const well = await office.addWebhook(sink.url('/well'));
  const alone = await steady([well], '/well');
  const hanging = await Promise.all(Array.from({ length: 3 }, () => office.addWebhook(sink.url('/hang'))));
  const refusing = await office.addWebhook('http://127.0.0.1:9/');
  const beside = await steady([well, refusing, ...hanging], '/well');
  console.log(`An endpoint alone: ${inMs(alone)}; beside three that hang and one that refuses: ${inMs(beside)}`);
  const added = Math.max(...beside) - Math.max(...alone);
  goals.push(['a dead endpoint delays no other beyond 2 s', Math.max(...beside) <= 2000 && added <= 2000]);
}

function inMs(values: readonly number[]): string {
  const [p50, p99, most] = [percentile(values, 0.5), percentile(values, 0.99), Math.max(...values)];
  return `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, worst ${most.toFixed(1)} ms`;
}
