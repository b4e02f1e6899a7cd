/**
 * How fast people read: the fleet overview, a port's chart over 30 days, and pages of the list of lines under every sort and
 * filter, on 10,000 gateways of 24 ports with hourly history, through the whole API over HTTP. The reference in the same
 * run is the health check, which asks the database for `select 1`. Pages of the list have a budget of 60 ms at p95.
 *
 *     npm run bench -- read [--gateways 10000] [--days 30] [--requests 200] [--only lines | scoped]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LINE_COLUMNS, LINE_FACETS } from '@loopstart/contracts';
import pg from 'pg';
import { asOwner, freePort, startTestServer, TEMPLATE } from '../test/postgres.ts';
import { loadFleet } from './read/fleet.ts';
import { measureScoped, RATIO_MAX, signInMembers } from './read/scoped.ts';

const { values } = parseArgs({
  options: {
    gateways: { type: 'string', default: '10000' },
    days: { type: 'string', default: '30' },
    requests: { type: 'string', default: '200' },
    only: { type: 'string' },
  },
});
const gateways = Number(values.gateways);
const days = Number(values.days);
const PORTS = 24;
const PAGE_BUDGET_MS = 60;
const REQUESTS = Number(values.requests);
const WARM_UP = Math.min(20, REQUESTS);
const EMAIL = 'bench@example.com';
const PASSWORD = 'bench password of the owner';

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
  const gatewayId = await asOwner(url, async (client) => {
    await loadFleet(client, { gateways, ports: PORTS, days });
    return anyGateway(client);
  });
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
  const rows: Row[] = [['select 1 through the API (reference)', reference]];
  if (values.only === undefined)
    rows.push(
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
    );
  print(rows, reference);
  if (values.only !== 'lines') {
    const cookies = await asOwner(url, (client) => signInMembers(client, base));
    const beyond = await measureScoped(base, cookies, Math.min(REQUESTS, 40));
    console.log(`${beyond} lists take more than ${RATIO_MAX} times as long where the member is limited`);
  }
  if (values.only !== 'scoped') await printLines(base, cookie, reference);
} finally {
  if (api !== undefined && api.exitCode === null) {
    const ended = new Promise((resolve) => api?.once('exit', resolve));
    api.kill('SIGTERM');
    await ended;
  }
  await server.stop();
}

async function printLines(base: string, cookie: string, reference: { p95: number }): Promise<void> {
  const lines = await measureGrid(base, cookie);
  console.log('\nlines of all gateways, pages of 100 and counts:');
  print(lines, reference, PAGE_BUDGET_MS);
  const over = lines.filter(([, { p95 }]) => p95 > PAGE_BUDGET_MS);
  console.log(
    `\n${lines.length - over.length} of ${lines.length} within ${PAGE_BUDGET_MS} ms at p95; load of the machine ${loadavg()
      .map((load) => load.toFixed(1))
      .join(', ')}`,
  );
}

type Row = readonly [string, Awaited<ReturnType<typeof measure>>];

/** Pages of the list of lines: each sort from its beginning and deep inside, each filter under several sorts, and counts of what each filter can be set to. */
async function measureGrid(base: string, cookie: string): Promise<Row[]> {
  const lines = `${base}/api/v1/ports`;
  const rows: Row[] = [];
  const add = async (name: string, address: string) => rows.push([name, await measure(address, cookie)]);
  for (const sort of LINE_COLUMNS.flatMap((column) => [column, `-${column}`])) {
    await add(`by ${sort}`, `${lines}?sort=${sort}`);
    const cursor = await deep(`${lines}?sort=${sort}&limit=500`, cookie);
    await add(`by ${sort}, page 21`, `${lines}?sort=${sort}&cursor=${cursor}`);
  }
  const filters = await filtersOf(base, cookie);
  for (const filter of filters)
    for (const sort of ['-state', 'gateway', '-since', 'name'])
      await add(`${filter} by ${sort}`, `${lines}?${filter}&sort=${sort}`);
  for (const facet of LINE_FACETS)
    for (const filter of ['', 'severity=critical,major,minor', 'since=hour', 'q=room'])
      await add(`counts of ${facet} ${filter}`, `${lines}/facets?facet=${facet}&${filter}`);
  return rows;
}

/** Each filter of the grid at least once, with values that match many lines, few, and none. */
async function filtersOf(base: string, cookie: string): Promise<string[]> {
  const valueOf = async (facet: string) => {
    const response = await fetch(`${base}/api/v1/ports/facets?facet=${facet}`, { headers: { cookie } });
    return ((await response.json()) as { values: { value: string }[] }).values[0]?.value ?? '';
  };
  return [
    'severity=critical,major,minor',
    'severity=unknown',
    'severity=ok',
    'lineDeviceClass=lift-phone',
    'lineDeviceClass=lift-phone,alarm-panel&severity=critical,major',
    'registration=unregistered',
    'registration=unknown',
    'kind=fxo',
    `customerId=${await valueOf('customerId')}`,
    `siteId=${await valueOf('siteId')}`,
    'vendor=AudioCodes&severity=major',
    `model=${await valueOf('model')}`,
    `firmware=${await valueOf('firmware')}`,
    'since=hour',
    'since=older',
    'since=hour&severity=major',
    'q=Gateway+4711',
    'q=room',
    'q=nothing-is-called-so',
  ];
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

function print(rows: readonly Row[], reference: { p95: number }, budgetMs?: number): void {
  console.log(
    `\n${'request'.padEnd(60)} ${'p50 ms'.padStart(8)} ${'p95 ms'.padStart(8)} ${'ratio p95'.padStart(10)} ${'bytes'.padStart(8)}`,
  );
  for (const [name, { p50, p95, bytes }] of rows) {
    const budget = budgetMs === undefined ? '' : p95 <= budgetMs ? `  of ${budgetMs}` : `  OVER ${budgetMs}`;
    console.log(
      `${name.slice(0, 60).padEnd(60)} ${p50.toFixed(1).padStart(8)} ${p95.toFixed(1).padStart(8)} ${(p95 / reference.p95).toFixed(1).padStart(10)} ${String(bytes).padStart(8)}${budget}`,
    );
  }
}

async function anyGateway(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `select id from gateway where name in ('Gateway 4711', 'Gateway 1') order by name desc limit 1`,
  );
  return rows[0]!.id;
}

async function measure(address: string, cookie: string): Promise<{ p50: number; p95: number; bytes: number }> {
  const times: number[] = [];
  let bytes = 0;
  for (let index = 0; index < REQUESTS + WARM_UP; index += 1) {
    const started = performance.now();
    const response = await fetch(address, { headers: { cookie } });
    const body = await response.arrayBuffer();
    if (!response.ok)
      throw new Error(`${address} answered ${response.status}: ${Buffer.from(body).toString().slice(0, 300)}`);
    bytes = body.byteLength;
    // The first ones warm caches and compilers.
    if (index >= WARM_UP) times.push(performance.now() - started);
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
