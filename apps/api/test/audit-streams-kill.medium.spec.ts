import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { AuditStreamPayload, endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOf } from './app.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import { rowsOf } from './ingest.ts';
import { Sink } from './outbound/sink.ts';

const MAIN = join(import.meta.dirname, '../dist/main.js');
const PERSON = { email: 'ada@example.com', password: 'a password of ours' };

let database: TestDatabase;
let sink: Sink;
const children: ChildProcess[] = [];

beforeAll(async () => {
  database = await createDatabase();
  sink = await Sink.start();
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await sink.stop();
  await database.drop();
});

/** Starts the built API and signs in. */
async function start() {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database.ownerUrl,
      DATABASE_APP_URL: database.config.DATABASE_APP_URL,
      LOOPSTART_SECRET_KEY: Buffer.alloc(32, 9).toString('base64'),
      LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1',
      PORT: '0',
      MQTT_PORT: '0',
      LOG_LEVEL: 'info',
      INITIAL_OPERATOR: 'Oak',
      INITIAL_EMAIL: PERSON.email,
      INITIAL_PASSWORD: PERSON.password,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(child);
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const found = /"msg":"ready","url":"([^"]+)"/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${output}`)));
  });
  const signedIn = await fetch(url + endpoints.signIn.path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(PERSON),
  });
  return { child, client: clientOf(url, signedIn.headers.getSetCookie()[0]!.split(';')[0]!) };
}

const entriesOf = (from: number) =>
  sink.received
    .slice(from)
    .map(({ body }) => AuditStreamPayload.parse(JSON.parse(body)))
    .flatMap((payload) => (payload.type === 'audit.entries' ? payload.entries : []));

test('a process that is killed with a batch on its way loses nothing: the batch comes again with the same ids', async () => {
  // The receiver keeps the batch and never answers.
  sink.answer = () => 'hang';
  const first = await start();
  for (const name of ['One', 'Two', 'Three']) await first.client(endpoints.createCustomer, { body: { name } });
  await first.client(endpoints.createAuditStream, {
    body: { kind: 'webhook', name: 'SIEM', url: sink.url(), from: 'start' },
  });
  await sink.until(1);
  first.child.kill('SIGKILL');
  const sent = entriesOf(0);
  expect(sent.length).toBeGreaterThanOrEqual(4);
  expect(await rowsOf(database.ownerUrl, 'select position::int, failures from audit_stream')).toEqual([
    { position: 0, failures: 0 },
  ]);

  sink.answer = () => ({ status: 200 });
  const [before, second] = [sink.received.length, await start()];
  // Half a minute later; the lease is the dead process's until then.
  await rowsOf(database.ownerUrl, 'update audit_stream set lease_until = now() returning id');
  await sink.until(before + 1);
  await expect
    .poll(async () => (await second.client(endpoints.listAuditStreams)).items[0]?.state, { timeout: 15_000 })
    .toBe('current');
  const again = entriesOf(before);
  expect(again.slice(0, sent.length).map(({ id }) => id)).toEqual(sent.map(({ id }) => id));
  expect(again.map(({ seq }) => seq)).toEqual(again.map((_, at) => at + 1));
  const { items } = await second.client(endpoints.listAudit, { query: { limit: 500 } });
  expect(new Set(again.map(({ id }) => id))).toEqual(new Set(items.map(({ id }) => id)));
}, 120_000);
