/**
 * How fast people read: the fleet overview and a port's chart over 30 days, on 10,000 gateways of 24 ports with hourly
 * history, through the whole API over HTTP. The reference in the same run is the health check, which asks the
 * database for `select 1`.
 *
 *     npm run bench -- read [--gateways 10000] [--days 30] [--requests 200]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LINE_COLUMNS, LINE_FACETS } from '@loopstart/contracts';
import pg from 'pg';
import { asOwner, freePort, startTestServer, TEMPLATE } from '../test/postgres.ts';

const { values } = parseArgs({
  options: {
    gateways: { type: 'string', default: '10000' },
    days: { type: 'string', default: '30' },
    requests: { type: 'string', default: '200' },
  },
});
const gateways = Number(values.gateways);
const days = Number(values.days);
const PORTS = 24;
const REQUESTS = Number(values.requests);
const EMAIL = 'bench@example.com';
const PASSWORD = 'bench password';

const server = await startTestServer(['-c', 'shared_buffers=2GB', '-c', 'max_wal_size=8GB', '-c', 'work_mem=32MB']);
const url = server.url(TEMPLATE);
let api: ChildProcess | undefined;
try {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  api = spawn(process.execPath, [join(import.meta.dirname, '../dist/main.js')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      DATABASE_URL: url,
      DATABASE_APP_URL: server.appUrl(TEMPLATE),
      PORT: String(port),
      MQTT_PORT: String(await freePort()),
      LOG_LEVEL: 'error',
      LOOPSTART_SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
      INITIAL_OPERATOR: 'Bench',
      INITIAL_EMAIL: EMAIL,
      INITIAL_PASSWORD: PASSWORD,
    },
  });
  await ready(base);
  const loaded = performance.now();
  const gatewayId = await asOwner(url, load);
  console.log(
    `${gateways.toLocaleString('en')} gateways, ${(gateways * PORTS).toLocaleString('en')} ports, ${days} days of hours, loaded in ${((performance.now() - loaded) / 1000).toFixed(0)} s`,
  );
  const size = await asOwner(
    url,
    async (client) =>
      (await client.query('select pg_size_pretty(pg_database_size(current_database())) as size')).rows[0]
        .size as string,
  );
  console.log(`database ${size}`);

  const signedIn = await fetch(`${base}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: EMAIL, password: PASSWORD }),
  });
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const to = new Date();
  const from = new Date(to.getTime() - days * 86_400_000);
  const reference = await measure(`${base}/readyz`, cookie);
  const rows = [
    ['select 1 through the API (reference)', reference],
    ['fleet overview', await measure(`${base}/api/v1/overview`, cookie)],
    ['sites, first 100', await measure(`${base}/api/v1/sites`, cookie)],
    ['gateways, first 100', await measure(`${base}/api/v1/gateways`, cookie)],
    ['one gateway with its ports', await measure(`${base}/api/v1/gateways/${gatewayId}`, cookie)],
    [
      `port chart over ${days} days`,
      await measure(
        `${base}/api/v1/gateways/${gatewayId}/ports/7/series?from=${from.toISOString()}&to=${to.toISOString()}`,
        cookie,
      ),
    ],
    ['port chart over 24 hours', await measure(`${base}/api/v1/gateways/${gatewayId}/ports/7/series`, cookie)],
    ...(await measureGrid(base, cookie)),
  ] as const;
  console.log(
    `\n${'request'.padEnd(40)} ${'p50 ms'.padStart(8)} ${'p95 ms'.padStart(8)} ${'ratio p95'.padStart(10)} ${'bytes'.padStart(8)}`,
  );
  for (const [name, { p50, p95, bytes }] of rows) {
    console.log(
      `${name.padEnd(40)} ${p50.toFixed(1).padStart(8)} ${p95.toFixed(1).padStart(8)} ${(p95 / reference.p95).toFixed(1).padStart(10)} ${String(bytes).padStart(8)}`,
    );
  }
} finally {
  if (api !== undefined && api.exitCode === null) {
    const ended = new Promise((resolve) => api?.once('exit', resolve));
    api.kill('SIGTERM');
    await ended;
  }
  await server.stop();
}

/** Pages of the list of lines: each sort from its beginning and deep inside, filters, and counts of what they can be set to. */
async function measureGrid(base: string, cookie: string): Promise<[string, Awaited<ReturnType<typeof measure>>][]> {
  const lines = `${base}/api/v1/ports`;
  const rows: [string, Awaited<ReturnType<typeof measure>>][] = [];
  for (const sort of LINE_COLUMNS.flatMap((column) => [column, `-${column}`])) {
    rows.push([`lines by ${sort}`, await measure(`${lines}?sort=${sort}`, cookie)]);
    const cursor = await deep(`${lines}?sort=${sort}&limit=500`, cookie);
    rows.push([`lines by ${sort}, page 21`, await measure(`${lines}?sort=${sort}&cursor=${cursor}`, cookie)]);
  }
  for (const filter of [
    'severity=critical,major,minor',
    'lineDeviceClass=lift-phone',
    'lineDeviceClass=lift-phone,alarm-panel&severity=critical,major',
    'registration=unregistered',
    'vendor=AudioCodes&severity=major',
    'since=hour&severity=major',
    'q=Gateway+4711',
  ])
    rows.push([`lines, ${filter}`.slice(0, 40), await measure(`${lines}?${filter}&sort=-state`, cookie)]);
  for (const facet of LINE_FACETS)
    rows.push([`counts of ${facet}`, await measure(`${lines}/facets?facet=${facet}`, cookie)]);
  return rows;
}

/** The cursor of a page deep inside a list. */
async function deep(address: string, cookie: string): Promise<string> {
  let cursor = '';
  for (let page = 0; page < 4; page += 1) {
    const response = await fetch(`${address}&cursor=${cursor}`, { headers: { cookie } });
    cursor = ((await response.json()) as { nextCursor: string }).nextCursor;
  }
  return cursor;
}

/** Fills the database by SQL, so that loading takes a minute or two and not a month. */
async function load(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ id: string }>('select id from operator');
  const operator = rows[0]?.id;
  await client.query(
    `insert into customer (operator_id, name) select $1, 'Customer ' || n from generate_series(1, 100) n`,
    [operator],
  );
  await client.query(
    `insert into site (operator_id, customer_id, name, time_zone, latitude, longitude)
     select $1, (array(select id from customer order by name))[1 + n % 100], 'Site ' || n, 'Europe/London', 50 + n % 9, -n % 5 from generate_series(1, 1000) n`,
    [operator],
  );
  await client.query(
    `insert into agent (operator_id, site_id, hostname, version, online, last_seen_at, certificate_expires_at)
     select $1, id, 'agent-' || name, '0.1.0', true, now() + interval '1 hour', now() + interval '90 days' from site`,
    [operator],
  );
  await client.query(
    `insert into gateway (id, operator_id, site_id, agent_id, name, inventory_revision, address, driver_id, driver_revision, evidence, unknown_hardware, poll_interval_ms, vendor, model, capabilities, actions)
     select gen_random_uuid(), $1, a.site_id, a.id, 'Gateway ' || n, 1, '192.0.2.1', 'audiocodes', 1, 'recording', false, 60000, 'AudioCodes', 'MP-124', '{}', '{}'
     from generate_series(1, $2::int) n join (select row_number() over (order by hostname) as r, * from agent) a on a.r = 1 + n % 1000`,
    [operator, gateways],
  );
  await client.query(
    `insert into port (operator_id, gateway_id, "position", ordinal, key, kind, label, line_device_class)
     select g.operator_id, g.id, p + 1, p, p::text, 'fxs', 'Line ' || p, (array['phone', 'phone', 'phone', 'fax', 'alarm-panel', 'lift-phone'])[1 + p % 6]
     from gateway g cross join generate_series(0, ${PORTS - 1}) p`,
  );
  if ((await client.query("select to_regclass('gateway_layout') as there")).rows[0].there !== null) {
    await client.query(
      `insert into gateway_layout (operator_id, gateway_id, revision, positions) select operator_id, id, 1, array(select generate_series(1, ${PORTS})) from gateway`,
    );
  }
  // One gateway in fifty has an open line, one in a hundred does not answer.
  await client.query(
    `insert into gateway_current (gateway_id, operator_id, revision, reachability, observed_at, received_at, admin, oper, hook, call, registration, fault, state_since, line_voltage_v, loop_current_ma,
       temperature_c, active_calls, nulls, ports_total, ports_ok, ports_major, worst)
     select id, operator_id, 1, case when r % 100 = 0 then 'unreachable' else 'reachable' end, now() + interval '1 hour', now(), array_fill(0::smallint, array[${PORTS}]), array_fill(0::smallint, array[${PORTS}]),
       array_fill(0::smallint, array[${PORTS}]), array_fill(0::smallint, array[${PORTS}]), array_fill(0::smallint, array[${PORTS}]),
       case when r % 50 = 1 then array[1::smallint] || array_fill(0::smallint, array[${PORTS - 1}]) else array_fill(0::smallint, array[${PORTS}]) end,
       array_fill(now(), array[${PORTS}]), array_fill(48::real, array[${PORTS}]), array_fill(0::real, array[${PORTS}]), 41, 2, '[]',
       ${PORTS}, case when r % 50 = 1 then ${PORTS - 1} else ${PORTS} end, case when r % 50 = 1 then 1 else 0 end, case when r % 50 = 1 then 'major' else 'ok' end
     from (select row_number() over () as r, * from gateway) g`,
  );
  await client.query(`select ensure_partitions('gateway_hour', now() - $1 * interval '1 day', now())`, [days]);
  // Not logged while it is filled: only reading is measured here.
  const { rows: partitions } = await client.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'gateway_hour'::regclass`,
  );
  for (const { name } of partitions) await client.query(`alter table ${name} set unlogged`);
  const noise = (salt: number) =>
    `(select array_agg((20 + ((h.n * 7 + p * ${salt}) % 100) / 10.0)::real) from generate_series(1, ${PORTS}) p)`;
  await client.query(
    `insert into gateway_hour (operator_id, gateway_id, bucket, revision, samples, line_voltage_v_min, line_voltage_v_avg, line_voltage_v_max, loop_current_ma_min, loop_current_ma_avg, loop_current_ma_max,
       temperature_c_min, temperature_c_avg, temperature_c_max)
     select g.operator_id, g.id, h.bucket, 1, 60, h.a, h.b, h.c, h.a, h.b, h.c, 40, 41, 42
     from gateway g cross join (
       select bucket, ${noise(3)} as a, ${noise(5)} as b, ${noise(11)} as c
       from (select bucket, row_number() over () as n from generate_series(date_trunc('hour', now() - $1 * interval '1 day'), date_trunc('hour', now()) - interval '1 hour', interval '1 hour') bucket) h offset 0
     ) h`,
    [days],
  );
  await client.query('vacuum analyze');
  const { rows: some } = await client.query<{ id: string }>(
    `select id from gateway where name = 'Gateway 4711' or name = 'Gateway 1' order by name desc limit 1`,
  );
  return some[0]?.id ?? randomUUID();
}

async function measure(address: string, cookie: string): Promise<{ p50: number; p95: number; bytes: number }> {
  const times: number[] = [];
  let bytes = 0;
  for (let index = 0; index < REQUESTS + 20; index += 1) {
    const started = performance.now();
    const response = await fetch(address, { headers: { cookie } });
    const body = await response.arrayBuffer();
    if (!response.ok)
      throw new Error(`${address} answered ${response.status}: ${Buffer.from(body).toString().slice(0, 300)}`);
    bytes = body.byteLength;
    // The first ones warm caches and compilers.
    if (index >= 20) times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), bytes };
}

async function ready(base: string): Promise<void> {
  const until = Date.now() + 60_000;
  for (;;) {
    const ok = await fetch(`${base}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    if (Date.now() > until) throw new Error('the API did not become ready');
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
  }
}
