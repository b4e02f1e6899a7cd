/**
 * From message bytes on MQTT to rows that can be queried: the whole ingest (mutual TLS, validation, exactly-once
 * bookkeeping, change detection, tenants, the present state) beside a bare pipeline (Mosquitto → subscriber → COPY)
 * on the same messages, in turn, in one run. Then the load of 10,000 gateways a minute: latency and CPU.
 *
 *     npm run bench -- ingest [--agents 1000] [--gateways 10000] [--rounds 3] [--reports 150] [--per-message 10,1] [--seconds 30]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { readConfig } from '../dist/core/config.js';
import { Secrets } from '../dist/core/secret/secrets.js';
import { loadAuthority, makeIdentity } from '../dist/agents/pki/certificates.js';
import { asOwner, freePort, startTestServer, TEMPLATE } from '../test/postgres.ts';
import { agentIdOf, type FleetPlan, operatorIdOf, siteIdOf } from './ingest/fleet.ts';
import { cpuSecondsOf, cpuSecondsOfTree, parentOf, Publisher, startMosquitto } from './ingest/processes.ts';

const { values: flags } = parseArgs({
  options: {
    agents: { type: 'string', default: '1000' },
    gateways: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '3' },
    /** Reports an agent sends in a round, and in a message. */
    reports: { type: 'string', default: '150' },
    'per-message': { type: 'string', default: '10,1' },
    seconds: { type: 'string', default: '30' },
  },
});
const agents = Number(flags.agents);
const plan: FleetPlan = {
  agents,
  gatewaysPerAgent: Math.round(Number(flags.gateways) / agents),
  ports: 24,
  operators: 10,
};
const rounds = Number(flags.rounds);
const reportsPerAgent = Number(flags.reports);
const messageSizes = flags['per-message'].split(',').map(Number);
const seconds = Number(flags.seconds);
const MINUTE_S = 60;
/** Messages of an agent under way at once; the real ones allow 200. */
const WINDOW = 16;
const HOUR_MS = 3_600_000;
/** The next message of each agent. */
let nextSeq = 2 * plan.gatewaysPerAgent + 1;

const folder = mkdtempSync(join(tmpdir(), 'loopstart-bench-'));
const durable = ['fsync=on', 'full_page_writes=on', 'synchronous_commit=on', 'shared_buffers=1GB', 'max_wal_size=8GB'];
const server = await startTestServer(durable.flatMap((setting) => ['-c', setting]));
const url = server.url(TEMPLATE);
const secret = Buffer.alloc(32, 1).toString('base64');
const mqttPort = await freePort();
const httpPort = await freePort();
const barePort = await freePort();
const ours = new Publisher();
const theirs = new Publisher();
const mosquitto = await startMosquitto(barePort, folder);
const owner = new pg.Client({ connectionString: url });
await owner.connect();
const postmaster = parentOf(Number((await owner.query('select pg_backend_pid() as pid')).rows[0].pid));
const env = {
  DATABASE_URL: url,
  DATABASE_APP_URL: server.appUrl(TEMPLATE),
  PORT: String(httpPort),
  MQTT_PORT: String(mqttPort),
  LOG_LEVEL: 'error',
  LOOPSTART_SECRET_KEY: secret,
};
const api = spawn(process.execPath, [join(import.meta.dirname, '../dist/main.js')], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, ...env },
});
const bare =
  mosquitto === null
    ? null
    : spawn(
        process.execPath,
        [
          '--disable-warning=ExperimentalWarning',
          join(import.meta.dirname, 'ingest/bare.ts'),
          `mqtt://127.0.0.1:${barePort}`,
          url,
        ],
        { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
      );

try {
  await new Promise<void>((resolve, reject) => {
    api.stdout.on('data', (chunk: Buffer) => chunk.includes('"ready"') && resolve());
    api.once('exit', () => reject(new Error('the API ended')));
  });
  await plantFleet();
  await owner.query(
    `create table bare_sample (like gateway_sample); alter table bare_sample alter operator_id drop not null, alter revision drop not null`,
  );
  await owner.query(
    'alter table bare_sample add primary key (gateway_id, taken_at); create index on bare_sample using brin (taken_at)',
  );
  const identities = await issueIdentities();
  await ours.tell({
    do: 'connect',
    settings: { plan, url: `mqtts://127.0.0.1:${mqttPort}`, until: 'committed', identities, window: WINDOW },
  });
  const announced = await ours.tell({ do: 'announce', startMs: Date.now() - 2 * HOUR_MS });
  console.log(
    `${plan.agents} agents of ${plan.operators} operators over mutual TLS, ${plan.agents * plan.gatewaysPerAgent} gateways of ${plan.ports} ports announced in ${inSeconds(announced!.tookMs)}`,
  );
  if (mosquitto === null)
    console.log('No mosquitto on this machine: the bare pipeline is left out, and so is the ratio.');
  else
    await theirs.tell({
      do: 'connect',
      settings: { plan, url: `mqtt://127.0.0.1:${barePort}`, until: 'taken', identities: null, window: WINDOW },
    });
  for (const size of messageSizes) await flatOut(size);
  await steady();
  await sizes();
} finally {
  ours.stop();
  theirs.stop();
  mosquitto?.kill();
  bare?.kill();
  api.kill('SIGTERM');
  await new Promise((resolve) => api.once('exit', resolve));
  await owner.end();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Both pipelines in turn on the same bytes, as fast as they go; the first round only warms up. */
async function flatOut(reportsPerMessage: number): Promise<void> {
  const messagesPerAgent = Math.ceil(reportsPerAgent / reportsPerMessage);
  const rates: { ours: number; bare: number | null }[] = [];
  console.log(`\nflat out, ${count(messagesPerAgent * plan.agents)} messages of ${reportsPerMessage} reports a round`);
  for (let round = 0; round <= rounds; round += 1) {
    const size = round === 0 ? Math.ceil(messagesPerAgent / 2) : messagesPerAgent;
    const start = Date.now() - HOUR_MS;
    const prepare = {
      do: 'prepare',
      fromSeq: nextSeq,
      messagesPerAgent: size,
      reportsPerMessage,
      startMs: start,
    } as const;
    nextSeq += size;
    const reports = size * plan.agents * reportsPerMessage;
    const side = async (name: string, publisher: Publisher, table: string, processes: [string, number][]) => {
      await publisher.tell(prepare);
      const shown = round === 0 ? `  (warm-up) ${name}` : `  ${name}`;
      return measure(shown, reports, table, [...processes, ['agents', publisher.pid]], publisher);
    };
    const bareRate =
      bare === null || mosquitto === null
        ? null
        : await side('bare pipeline', theirs, 'bare_sample', [
            ['consumer', bare.pid!],
            ['broker', mosquitto.pid!],
          ]);
    const oursRate = await side('Loopstart', ours, 'gateway_sample', [['API with broker', api.pid!]]);
    if (round > 0) rates.push({ ours: oursRate, bare: bareRate });
  }
  const ratios = rates.flatMap(({ ours, bare }) => (bare === null ? [] : [ours / bare]));
  const compared =
    ratios.length === 0
      ? ''
      : `; ratio to the bare pipeline beside it ${ratios.map((one) => one.toFixed(2)).join(', ')}, median ${median(ratios).toFixed(2)}`;
  console.log(
    `  Loopstart: ${count(median(rates.map(({ ours }) => ours)))} port readings/s, median of ${rounds}${compared}`,
  );
}

/** Runs one side until every row is there; returns port readings a second. */
async function measure(
  name: string,
  reports: number,
  table: string,
  processes: [string, number][],
  publisher: Publisher,
): Promise<number> {
  const before = await rowsIn(table);
  const cpu = processes.map(([, pid]) => cpuSecondsOf(pid));
  const cpuDb = cpuSecondsOfTree(postmaster);
  const started = performance.now();
  const result = (await publisher.tell({ do: 'run', perSecond: null }))!;
  let stored = (await rowsIn(table)) - before;
  for (; stored < reports; stored = (await rowsIn(table)) - before)
    await new Promise((resolve) => setTimeout(resolve, 25));
  const tookMs = performance.now() - started;
  if (stored !== reports) throw new Error(`${reports} reports were sent, ${stored} are stored`);
  const readings = reports * plan.ports;
  const perReading = (cpuS: number) => `${((cpuS / readings) * 1e6).toFixed(2)}`;
  const parts = [
    ...processes.map(([who, pid], index) => `${who} ${perReading(cpuSecondsOf(pid) - cpu[index]!)}`),
    `PostgreSQL ${perReading(cpuSecondsOfTree(postmaster) - cpuDb)}`,
  ];
  const rate = (readings / tookMs) * 1000;
  console.log(
    `${name}: ${count(rate)} port readings/s, ${count((reports / tookMs) * 1000)} reports/s, ${(result.bytes / reports).toFixed(0)} B a report, ${stored} rows verified; CPU µs a reading: ${parts.join(', ')}`,
  );
  return rate;
}

/** Every gateway once a minute, one report a message. */
async function steady(): Promise<void> {
  const perSecond = (plan.agents * plan.gatewaysPerAgent) / MINUTE_S;
  const messages = Math.max(1, Math.round((perSecond * seconds) / plan.agents));
  await ours.tell({
    do: 'prepare',
    fromSeq: nextSeq,
    messagesPerAgent: messages,
    reportsPerMessage: 1,
    startMs: Date.now(),
  });
  const cpuApi = cpuSecondsOf(api.pid!);
  const cpuDb = cpuSecondsOfTree(postmaster);
  const result = (await ours.tell({ do: 'run', perSecond }))!;
  const wallS = result.tookMs / 1000;
  const apiShare = (cpuSecondsOf(api.pid!) - cpuApi) / wallS;
  const dbShare = (cpuSecondsOfTree(postmaster) - cpuDb) / wallS;
  const { p50, p99, max } = result.latencyMs!;
  console.log(
    `\n${plan.agents * plan.gatewaysPerAgent} gateways a minute (${perSecond.toFixed(0)} reports/s) for ${wallS.toFixed(0)} s, one report a message`,
  );
  console.log(
    `  publish to acknowledgement after the commit: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, longest ${max.toFixed(1)} ms`,
  );
  console.log(
    `  CPU: API with broker ${(apiShare * 100).toFixed(1)} %, PostgreSQL ${(dbShare * 100).toFixed(1)} % of one core`,
  );
}

/** What the rows cost on disk. */
async function sizes(): Promise<void> {
  const { rows } = await owner.query(
    `select sum(pg_total_relation_size(inhrelid))::float8 as bytes, (select count(*)::float8 from gateway_sample) as samples from pg_inherits where inhparent = 'gateway_sample'::regclass`,
  );
  const { bytes, samples } = rows[0] as { bytes: number; samples: number };
  const perReading = bytes / samples / plan.ports;
  console.log(
    `\nstorage: ${perReading.toFixed(1)} B a port reading of 6 values; ${count(perReading * 1440)} B a port and day at one reading a minute`,
  );
}

async function rowsIn(table: string): Promise<number> {
  return Number((await owner.query(`select count(*) as count from ${table}`)).rows[0].count);
}

async function plantFleet(): Promise<void> {
  const rows = Array.from({ length: plan.agents }, (_, agent) => ({
    operator: operatorIdOf(plan, agent),
    site: siteIdOf(agent),
    agent: agentIdOf(agent),
    n: agent,
  }));
  const json = JSON.stringify(rows);
  const from = 'from jsonb_to_recordset($1) as r (operator uuid, site uuid, agent uuid, n int)';
  await asOwner(url, async (client) => {
    await client.query(`insert into operator (id, name) select distinct operator, 'Operator ' || operator ${from}`, [
      json,
    ]);
    await client.query(
      `insert into customer (id, operator_id, name) select distinct operator, operator, 'Customer' ${from}`,
      [json],
    );
    await client.query(
      `insert into site (id, operator_id, customer_id, name, time_zone) select site, operator, operator, 'Site ' || n, 'UTC' ${from}`,
      [json],
    );
    await client.query(
      `insert into agent (id, operator_id, site_id, hostname, version, certificate_expires_at) select agent, operator, site, 'agent-' || n, '1', now() + interval '90 days' ${from}`,
      [json],
    );
    await client.query(`insert into agent_cursor (agent_id, operator_id) select agent, operator ${from}`, [json]);
  });
}

/** A certificate for each agent, by the installation's own CA. */
async function issueIdentities(): Promise<string> {
  const { rows } = await owner.query(
    `select id, certificate_pem as "certificatePem", key from certificate_authority where state = 'current'`,
  );
  const secrets = await Secrets.of(readConfig(env));
  const place = { field: 'certificate_authority.key', operatorId: null, row: { id: rows[0].id as string } } as const;
  const ca = {
    keyPem: await secrets.open(place, rows[0].key as Buffer),
    certificatePem: rows[0].certificatePem as string,
  };
  await secrets.onApplicationShutdown();
  const authority = await loadAuthority(ca);
  const issued = await Promise.all(
    Array.from({ length: plan.agents }, (_, agent) =>
      makeIdentity(authority, { kind: 'agent', agentId: agentIdOf(agent) }, Date.now()),
    ),
  );
  const serials = issued.map(({ serial }, agent) => ({
    serial,
    operator: operatorIdOf(plan, agent),
    agent: agentIdOf(agent),
  }));
  await owner.query(
    `insert into agent_certificate (serial, operator_id, agent_id, not_after) select serial, operator, agent, now() + interval '90 days' from jsonb_to_recordset($1) as r (serial text, operator uuid, agent uuid)`,
    [JSON.stringify(serials)],
  );
  const file = join(folder, 'identities.json');
  writeFileSync(file, JSON.stringify({ caPem: ca.certificatePem, agents: issued }));
  return file;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function count(number: number): string {
  return Math.round(number).toLocaleString('en');
}

function inSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
