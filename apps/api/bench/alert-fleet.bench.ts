/**
 * The worst hour of alerting in the real service: 10,000 gateways of 24 ports behind 2,000 agents; every line loses its
 * registration at once, stays without it for three minutes in which everything is read anew every 30 s, and gets it
 * back. Told are the time to the page and to its end, what the process costs (CPU, memory), and how long others wait
 * for it meanwhile: `GET /readyz` every 20 ms. The reference in the same run is one statement of the database that
 * inserts as many rows with the same records and does nothing else.
 *
 *     npm run bench -- alert-fleet [--gateways 10000]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { REGISTRATION_STATES } from '@loopstart/domain';
import { asOwner, freePort, startTestServer, TEMPLATE } from '../test/postgres.ts';

const { values } = parseArgs({ options: { gateways: { type: 'string', default: '10000' } } });
const gateways = Number(values.gateways);
const PORTS = 24;
const PER_AGENT = 5;
const POLL_MS = 30_000;
const QUIET_MS = 40_000;
const TOLD_WITHIN_MS = 240_000;
/** Clock ticks a second in /proc/<pid>/stat: USER_HZ, 100 on every Linux that Node runs on. */
const TICKS = 100;

const server = await startTestServer(['-c', 'shared_buffers=2GB', '-c', 'max_wal_size=8GB', '-c', 'work_mem=32MB']);
const url = server.url(TEMPLATE);
const run = (text: string, parameters: unknown[] = []) =>
  asOwner(url, async (sql) => (await sql.query(text, parameters)).rows as Record<string, unknown>[]);
let api: ChildProcess | undefined;
try {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const started = () =>
    spawn(process.execPath, [join(import.meta.dirname, '../dist/main.js')], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, ...environment(port), MQTT_PORT: '0' },
    });
  api = started();
  await until('the API is ready', () => isReady(base), 60_000);
  const operatorId = String((await run('select id from operator'))[0]!['id']);
  await load(operatorId);
  console.log(`${gateways.toLocaleString('en')} gateways, ${(gateways * PORTS).toLocaleString('en')} ports`);

  const { pid } = api;
  const phase = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const others = probe(base);
    const cpu = cpuSecondsOf(pid!);
    const began = performance.now();
    const result = await work();
    const took = (performance.now() - began) / 1000;
    const { p50, p99, max } = await others.stop();
    console.log(
      `${what.padEnd(44)} ${took.toFixed(1).padStart(6)} s, CPU ${(((cpuSecondsOf(pid!) - cpu) / took) * 100).toFixed(0).padStart(3)} % of a core, ` +
        `readyz p50 ${p50.toFixed(0)} / p99 ${p99.toFixed(0)} / longest ${max.toFixed(0)} ms, ${rssMiBOf(pid!)} MiB`,
    );
    return result;
  };
  const told = (type: string) =>
    until(
      `${type} is written`,
      async () => (await run('select 1 from outbox_message where type = $1', [type])).length > 0,
      TOLD_WITHIN_MS,
    );

  await phase('all is well, nothing is read anew', () => wait(QUIET_MS));
  await phase('all is well, everything is read anew', () => polled(2, 'registered'));
  await phase('every registration is lost: to the page', async () => {
    await read('unregistered');
    await told('incident.raised');
  });
  await phase('it stays lost, everything is read anew', () => polled(6, 'unregistered'));
  const [size] = await run(
    `select (select count(*) from alert_memory) as remembered, (select count(*) from alert where state = 'open') as open,
       pg_size_pretty(pg_total_relation_size('alert_memory')) as memory, pg_size_pretty(pg_total_relation_size('alert')) as alerts`,
  );
  console.log(
    `  stored: ${Number(size!['remembered']).toLocaleString('en')} records (${String(size!['memory'])}), ${Number(size!['open']).toLocaleString('en')} open alerts (${String(size!['alerts'])})`,
  );
  const referenceS = await reference();
  const ended = performance.now();
  await phase('every registration is back: to the end', async () => {
    await read('registered');
    await told('incident.resolved');
  });
  await until(
    'all alerts are over',
    async () => (await run("select 1 from alert where state = 'open' limit 1")).length === 0,
    TOLD_WITHIN_MS,
  );
  const overS = (performance.now() - ended) / 1000;
  console.log(
    `All alerts over after ${overS.toFixed(1)} s; one insert of as many rows ${referenceS.toFixed(1)} s; ratio ${(overS / referenceS).toFixed(1)}`,
  );
  const messages = (
    await run("select type, payload->'data'->>'kind' as kind from outbox_message order by created_at")
  ).map(({ type, kind }) => `${String(type)} ${String(kind)}`);
  const wanted = ['incident.raised registrar-lost-together', 'incident.resolved registrar-lost-together'];
  if (messages.filter((message) => message.startsWith('incident.')).join() !== wanted.join()) {
    console.error(`One loss was to be told once, and its end once: ${messages.join(', ')}`);
    process.exitCode = 1;
  }
} finally {
  if (api !== undefined && api.exitCode === null) {
    const ended = new Promise((resolve) => api?.once('exit', resolve));
    api.kill('SIGTERM');
    await ended;
  }
  await server.stop();
}

function environment(port: number): Record<string, string> {
  return {
    DATABASE_URL: url,
    DATABASE_APP_URL: server.appUrl(TEMPLATE),
    PORT: String(port),
    LOG_LEVEL: 'error',
    LOOPSTART_SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
    INITIAL_OPERATOR: 'Bench',
    INITIAL_EMAIL: 'bench@example.com',
    INITIAL_PASSWORD: 'bench password',
  };
}

/** How long others wait while the process works, ms. */
function probe(base: string): { stop(): Promise<{ p50: number; p99: number; max: number }> } {
  const times: number[] = [];
  const stop = new AbortController();
  const done = (async () => {
    while (!stop.signal.aborted) {
      const began = performance.now();
      await fetch(`${base}/readyz`).then((response) => response.arrayBuffer());
      times.push(performance.now() - began);
      await wait(20);
    }
  })();
  return {
    async stop() {
      stop.abort();
      await done;
      const sorted = times.toSorted((a, b) => a - b);
      const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
      return { p50: at(0.5), p99: at(0.99), max: at(1) };
    },
  };
}

async function isReady(base: string): Promise<boolean> {
  return fetch(`${base}/readyz`).then(
    (response) => response.ok,
    () => false,
  );
}

async function until(what: string, holds: () => Promise<boolean>, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`It was waited in vain until ${what}.`);
    await wait(50);
  }
}

async function polled(times: number, registration: string): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    await read(registration);
    await wait(POLL_MS);
  }
}

/** Every gateway is read, all within one statement. */
async function read(registration: string): Promise<void> {
  await run(
    `update gateway_current set observed_at = now() + interval '1 hour', received_at = now(),
       state_since = case when registration[1] = $1 then state_since else array_fill(now(), array[${PORTS}]) end,
       registration = array_fill($1::smallint, array[${PORTS}])`,
    [REGISTRATION_STATES.indexOf(registration as (typeof REGISTRATION_STATES)[number])],
  );
}

/** How long the database takes to insert the remembered records into a table like theirs, in s. */
async function reference(): Promise<number> {
  await run('create table reference (like alert_memory including all)');
  const started = performance.now();
  await run('insert into reference select * from alert_memory');
  const took = performance.now() - started;
  await run('drop table reference');
  return took / 1000;
}

/** utime + stime: fields 14 and 15 of proc(5)'s stat, after the name in brackets. */
function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

function rssMiBOf(pid: number): number {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);
}

/** Agents and readings lie in the future, so that nothing is late while the bench does not speak for them. */
async function load(operatorId: string): Promise<void> {
  const at = new Date(Date.now() + 3_600_000);
  const agents = Math.ceil(gateways / PER_AGENT);
  await run("insert into customer (operator_id, name) select $1, 'Customer ' || n from generate_series(0, 99) n", [
    operatorId,
  ]);
  await run(
    `insert into site (operator_id, customer_id, name, time_zone)
     select $1, (array(select id from customer order by name))[1 + n % 100], 'Site ' || n, 'UTC' from generate_series(1, $2::int) n`,
    [operatorId, agents],
  );
  await run(
    `insert into agent (operator_id, site_id, hostname, version, online, presence_at, last_seen_at, certificate_expires_at)
     select operator_id, id, name, '1', true, $1, $1, $1::timestamptz + interval '90 days' from site`,
    [at],
  );
  await run(
    `insert into gateway (id, operator_id, site_id, agent_id, name, inventory_revision, address, driver_id, driver_revision, evidence, unknown_hardware, poll_interval_ms, vendor, model, capabilities, actions)
     select gen_random_uuid(), $1, a.site_id, a.id, 'Gateway ' || n, 1, '192.0.2.1', 'audiocodes', 1, 'recording', false, 30000, 'AudioCodes', 'MP-124', '{}', '{}'
     from generate_series(1, $2::int) n join (select row_number() over (order by hostname) as r, * from agent) a on a.r = 1 + n % $3::int`,
    [operatorId, gateways, agents],
  );
  await run(
    `insert into port (operator_id, gateway_id, "position", ordinal, key, kind, label, line_device_class)
     select g.operator_id, g.id, p + 1, p, p::text, 'fxs', 'Line ' || p, (array['phone', 'phone', 'phone', 'fax', 'alarm-panel', 'lift-phone'])[1 + p % 6]
     from gateway g cross join generate_series(0, ${PORTS - 1}) p`,
  );
  await run(
    `insert into gateway_layout (operator_id, gateway_id, revision, positions) select operator_id, id, 1, array(select generate_series(1, ${PORTS})) from gateway`,
  );
  await run(
    `insert into gateway_current (gateway_id, operator_id, revision, reachability, observed_at, received_at, admin, oper, hook, call, registration, fault, state_since, nulls, ports_total, ports_ok, ports_major, worst)
     select id, operator_id, 1, 'reachable', $1, $1, ${'array_fill(0::smallint, array[24]), '.repeat(6)} array_fill($1::timestamptz, array[${PORTS}]), '{}', ${PORTS}, ${PORTS}, 0, 'ok' from gateway`,
    [at],
  );
  await run('analyze');
}
