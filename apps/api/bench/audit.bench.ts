/**
 * What an audit entry costs with its place in the chain, against the same entry in a table without one: one change at a
 * time, several at once of one operator, and a change of a thousand things. Both run in turns, so that a busy machine slows
 * both. Then: how long it takes to verify a long trail, in the database and as an exported file, and in how much memory.
 *
 *     npm run bench -- audit [--rounds 8] [--calls 200] [--entries 1000000]
 *
 * `--rounds 0` leaves out the first part, `--entries 0` the second.
 */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { Database, type Sql } from '../dist/core/db/database.js';
import { Scope } from '../dist/core/db/scope.js';
import { Secrets } from '../dist/core/secret/secrets.js';
import { AuditRepository } from '../dist/identity/audit/audit.repository.js';
import { AuditExport } from '../dist/identity/audit/chain/audit-export.service.js';
import { ChainRepository } from '../dist/identity/audit/chain/chain.repository.js';
import { HeadKey } from '../dist/identity/audit/chain/head-key.js';
import { Heads } from '../dist/identity/audit/chain/heads.service.js';
import { Verification } from '../dist/identity/audit/chain/verification.service.js';
import { asOwner, startTestServer, TEMPLATE } from '../test/postgres.ts';
import { benchConfig } from './bench-config.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '8' },
    calls: { type: 'string', default: '200' },
    entries: { type: 'string', default: '1000000' },
  },
});
const [rounds, calls, length] = [Number(values.rounds), Number(values.calls), Number(values.entries)];
const BULK = 1_000;
/** Entries of the long trail that are written in one transaction. */
const BATCH = 5_000;

const server = await startTestServer();
const config = benchConfig(server);
const db = new Database(config);
const audit = new AuditRepository(Date.now);
const secrets = await Secrets.of(config);
const chains = new ChainRepository(db);
const key = new HeadKey(db, secrets);
const heads = new Heads(db, chains, key, Date.now);
const operatorId = randomUUID();
const customerId = randomUUID();
const scope = Scope.wholeOperators([operatorId]);
const by = { caller: { operatorId, userId: randomUUID(), name: 'Ada Lovelace' }, requestId: randomUUID() };
const entry = {
  verb: 'update',
  subjectType: 'customer',
  subjectId: customerId,
  change: { name: 'Harbour Hotels', notes: 'Night desk: 217', address: 'Quay 1' },
  before: { name: 'Quay Hotels', notes: '', address: 'Quay 1' },
} as const;

/** The trail as it was before it was a chain. */
async function plain(sql: Sql, count: number): Promise<void> {
  for (let at = 0; at < count; at += 1)
    await sql.query({
      name: 'plain',
      text: `insert into bench_entry (operator_id, user_id, user_name, request_id, verb, subject_type, subject_id, change, before)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      values: [
        operatorId,
        by.caller.userId,
        by.caller.name,
        by.requestId,
        entry.verb,
        entry.subjectType,
        entry.subjectId,
        JSON.stringify(entry.change),
        JSON.stringify(entry.before),
      ],
    });
}
const chained = (sql: Sql, count: number) => audit.write(sql, by, ...Array.from({ length: count }, () => entry));

const change = (record: (sql: Sql, count: number) => Promise<void>, count: number) => () =>
  db.tx(scope, async (sql) => {
    await sql.query('update customer set notes = $2 where id = $1', [customerId, 'x']);
    await record(sql, count);
  });

const KINDS = [
  { what: 'one change at a time', count: 1, concurrency: 1, calls },
  { what: 'eight at once, one operator', count: 1, concurrency: 8, calls },
  { what: `a change of ${BULK} things`, count: BULK, concurrency: 1, calls: Math.max(2, Math.round(calls / 50)) },
] as const;

try {
  await asOwner(server.url(TEMPLATE), async (sql) => {
    await sql.query("insert into operator (id, name) values ($1, 'Bench')", [operatorId]);
    await sql.query("insert into customer (id, operator_id, name) values ($1, $2, 'Harbour')", [
      customerId,
      operatorId,
    ]);
    await sql.query(`
      create table bench_entry (id bigint generated always as identity primary key, operator_id uuid not null references operator,
        at timestamptz not null default now(), user_id uuid, user_name text not null, request_id text, verb text not null,
        subject_type text not null, subject_id text not null, change jsonb not null, before jsonb);
      create index on bench_entry (operator_id, at desc, id desc);
      create index on bench_entry (operator_id, split_part(subject_id, '/', 1), at desc, id desc);
      alter table bench_entry enable row level security;
      create policy tenant on bench_entry to loopstart_app using (operator_id = any ((select app_operators())::uuid[])) with check (operator_id = any ((select app_operators())::uuid[]));
      grant select, insert on bench_entry to loopstart_app`);
  });
  for (const { what, count, concurrency, calls } of rounds === 0 ? [] : KINDS) {
    const took = { plain: [] as number[], chained: [] as number[] };
    const ways = { plain: change(plain, count), chained: change(chained, count) };
    for (const way of Object.values(ways)) await repeat(way, Math.min(calls, 50), concurrency);
    for (let round = 0; round < rounds; round += 1)
      for (const name of ['plain', 'chained'] as const)
        took[name].push(...(await repeat(ways[name], calls, concurrency)));
    const [without, chain] = [took.plain, took.chained].map((ms) => {
      ms.sort((a, b) => a - b);
      return { p50: ms[Math.floor(ms.length / 2)]!, p95: ms[Math.floor(ms.length * 0.95)]! };
    }) as [{ p50: number; p95: number }, { p50: number; p95: number }];
    console.log(
      `${what.padEnd(28)} without chain p50 ${without.p50.toFixed(2)} ms p95 ${without.p95.toFixed(2)} ms, with it ` +
        `p50 ${chain.p50.toFixed(2)} ms p95 ${chain.p95.toFixed(2)} ms: ${(chain.p50 / without.p50).toFixed(2)} times`,
    );
  }
  if (length > 0) await longTrail();
} finally {
  await secrets.onApplicationShutdown();
  await db.onApplicationShutdown();
  await server.stop();
}

/** Writes a long trail through the real path, verifies it in the database, exports it, and verifies the file. */
async function longTrail(): Promise<void> {
  let began = performance.now();
  for (let written = 0; written < length; written += BATCH)
    await db.tx(scope, (sql) => chained(sql, Math.min(BATCH, length - written)));
  const seconds = () => ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${length} entries written in ${seconds()} s, ${BATCH} in a transaction`);
  await asOwner(server.url(TEMPLATE), (sql) => sql.query('vacuum analyze audit_entry'));
  await heads.signDaily();

  const rssBefore = process.memoryUsage().rss;
  let rss = 0;
  const watch = setInterval(() => (rss = Math.max(rss, process.memoryUsage().rss)), 20);
  began = performance.now();
  const verdict = await new Verification(chains, key).verify({ operatorId, scope });
  console.log(
    `${verdict.entries} entries verified in the database in ${seconds()} s: ${verdict.verdict}, heads ${verdict.heads.matching}/${verdict.heads.total}; ` +
      `memory of the process ${mb(rssBefore)} before, ${mb(rss)} at most`,
  );
  clearInterval(watch);

  const folder = await mkdtemp(join(tmpdir(), 'loopstart-audit-'));
  try {
    const file = join(folder, 'audit.ndjson');
    const publicKey = join(folder, 'key.pem');
    await writeFile(publicKey, (await key.published()).publicKey);
    began = performance.now();
    await pipeline(
      new AuditExport(chains, heads, key).lines({ operatorId, scope }, { words: null }, Date.now()),
      createWriteStream(file),
    );
    console.log(`exported in ${seconds()} s: ${mb((await stat(file)).size)}`);
    began = performance.now();
    const cli = join(import.meta.dirname, '../dist/cli/verify-audit.js');
    const { stdout, stderr, status } = spawnSync(
      '/usr/bin/time',
      ['-f', '%M KB at most', process.execPath, cli, file, '--key', publicKey],
      {
        encoding: 'utf8',
      },
    );
    console.log(
      `the file verified by the command in ${seconds()} s (exit ${status}), ${stderr.trim()}\n${stdout.trim()}`,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

function mb(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

async function repeat(call: () => Promise<unknown>, times: number, concurrency: number): Promise<number[]> {
  const took: number[] = [];
  let left = times;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const began = performance.now();
      await call();
      took.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return took;
}
