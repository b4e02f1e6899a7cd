/**
 * What the review of another SIP server for all gateways of an operator costs: differences in words and in the vendors' own
 * keys, counts and checks over 10,000 gateways of 24 ports, each line with an account, on PostgreSQL with its row policies.
 * The reference in the same run is the naive way: render every gateway whole, before and after, and compare the texts,
 * without counts and checks. Budget: 10 s.
 *
 *     npm run bench -- config-plan [--gateways 10000]
 */
import { randomUUID } from 'node:crypto';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { ConfigEdit } from '@loopstart/domain';
import type pg from 'pg';
import { EntryRepository } from '../dist/configuration/entries/entry.repository.js';
import { GatewayFactsRepository } from '../dist/configuration/entries/gateway-facts.repository.js';
import { FleetView } from '../dist/configuration/review/fleet-view.js';
import { render, wishOf } from '../dist/configuration/review/gateway-plan.js';
import { Planner } from '../dist/configuration/review/planner.js';
import { portPlans } from '../dist/configuration/review/port-plans.js';
import { Tally } from '../dist/configuration/review/tally.js';
import { Database, type Sql } from '../dist/core/db/database.js';
import { wholeOperator } from '../dist/core/db/scope.js';
import { asOwner, startTestServer, TEMPLATE } from '../test/postgres.ts';
import { benchConfig } from './bench-config.ts';
import { loadFleet } from './read/fleet.ts';

const { values } = parseArgs({ options: { gateways: { type: 'string', default: '10000' } } });
const gateways = Number(values.gateways);
const PORTS = 24;
const BUDGET_MS = 10_000;

const server = await startTestServer(['-c', 'shared_buffers=1GB', '-c', 'max_wal_size=8GB']);
const config = benchConfig(server);
const db = new Database(config);
const operatorId = randomUUID();
const read = { entries: new EntryRepository(), gateways: new GatewayFactsRepository() };
const planner = new Planner(read.entries, read.gateways);

const edit = (name: string, value: unknown): ConfigEdit =>
  ({
    id: randomUUID(),
    kind: 'setting',
    place: { layer: 'operator' },
    name,
    deviceClass: null,
    action: 'set',
    value,
    isSealed: false,
    author: 'Bench',
    authorId: null,
    at: Date.now(),
    baseId: null,
  }) as ConfigEdit;
const edits = [
  edit('sip.registrars', [{ host: 'sip2.example.net', port: null }]),
  edit('sip.registerExpirySeconds', 600),
];

try {
  await asOwner(server.url(TEMPLATE), load);
  process.stdout.write(`${gateways.toLocaleString('en')} gateways of ${PORTS} ports\n`);
  const planned = await measured('review: differences, counts, checks', async (sql) => {
    const tally = new Tally();
    for await (const plan of planner.changes(sql, operatorId, edits)) tally.add(plan);
    await planner.duplicates(sql, operatorId, edits, { siteIds: tally.siteIds, changed: tally.changedAccounts });
    const { keysChanged, lines } = tally.result();
    return `${tally.gateways} gateways, ${lines} lines, ${keysChanged} keys`;
  });
  const naive = await measured('naive: all rendered twice, texts compared', async (sql) => {
    const ids = await read.gateways.idsAt(sql, operatorId, [{ layer: 'operator' }]);
    const view = await FleetView.open(read, sql, operatorId, edits);
    let differing = 0;
    for await (const { facts, before, after } of view.walk(ids)) {
      const [was, is] = [before, after].map((stack) => {
        const resolved = stack.resolve(facts);
        return JSON.stringify(render(facts, wishOf(facts, resolved, portPlans(facts, resolved))).changes);
      });
      if (was !== is) differing += 1;
    }
    return `${differing} gateways`;
  });
  const isWithin = planned.ms <= BUDGET_MS;
  process.stdout.write(
    `the review takes ${(planned.cpuMs / naive.cpuMs).toFixed(2)} of the CPU of the naive way, ${(planned.ms / naive.ms).toFixed(2)} of its time; ` +
      `${isWithin ? 'within' : 'BEYOND'} ${BUDGET_MS / 1000} s; load of the machine ${loadavg()[0]!.toFixed(1)}\n`,
  );
} finally {
  await db.onApplicationShutdown();
  await server.stop();
}

/** Time and CPU of this process, and how much its memory grew at most. */
async function measured(what: string, work: (sql: Sql) => Promise<string>): Promise<{ ms: number; cpuMs: number }> {
  let mostBytes = 0;
  const before = process.memoryUsage().rss;
  const watch = setInterval(() => (mostBytes = Math.max(mostBytes, process.memoryUsage().rss - before)), 50);
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  const result = await db.tx(wholeOperator(operatorId), work);
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(watch);
  const cpuMs = (user + system) / 1000;
  process.stdout.write(
    `${what}: ${(ms / 1000).toFixed(1)} s, CPU ${(cpuMs / 1000).toFixed(1)} s, memory +${Math.round(mostBytes / 2 ** 20)} MiB; ${result}\n`,
  );
  return { ms, cpuMs };
}

/** The fleet of the read benchmark, of models that Loopstart configures, with an account on every line. */
async function load(client: pg.Client): Promise<void> {
  await client.query(`insert into operator (id, name) values ($1, 'Bench')`, [operatorId]);
  await loadFleet(client, { gateways, ports: PORTS, days: 0 });
  await client.query(
    `update gateway g set vendor = m.vendor, model = m.model, driver_id = m.driver, firmware = m.firmware
     from (select id, row_number() over (order by id) % 2 as kind from gateway) n
     join (values (0, 'AudioCodes', 'MP-124', 'audiocodes', '6.60'), (1, 'Grandstream', 'GXW4224', 'grandstream-gxw', '1.0.15.7')) as m (kind, vendor, model, driver, firmware)
       on m.kind = n.kind where n.id = g.id`,
  );
  await client.query(`update port set kind = 'fxs'`);
  await client.query(
    `insert into config_revision (operator_id, number, name, published_by_name, published_at, reason, editors, changes)
     values ($1, 1, 'First', 'Bench', now(), 'first', '{Bench}', 1)`,
    [operatorId],
  );
  const entry = `operator_id, place, layer, gateway_id, "position", kind, name, action, value, secret, is_sealed, author_name, at, from_revision`;
  const plan = {
    rules: [
      { label: 'Emergency', pattern: '999', class: 'emergency', timer: 'none' },
      { label: 'European', pattern: '112', class: 'emergency', timer: 'none' },
      { label: 'National', pattern: '0x{9,10}', class: 'national', timer: 'none' },
    ],
  };
  const settings: [kind: string, name: string, value: unknown][] = [
    ['setting', 'sip.registrars', [{ host: 'sip1.example.net', port: null }]],
    ['setting', 'sip.transport', 'udp'],
    ['setting', 'line.country', 'GB'],
    ['setting', 'media.codecs', [{ codec: 'PCMA', ptimeMs: 20 }]],
    ['setting', 'port.dialPlan', 'Office'],
    ['dial-plan', 'Office', plan],
  ];
  for (const [kind, name, value] of settings)
    await client.query(
      `insert into config_entry (${entry}) values ($1, 'operator', 'operator', null, null, $2, $3, 'set', $4, null, false, 'Bench', now(), 1)`,
      [operatorId, kind, name, JSON.stringify(value)],
    );
  await client.query(
    `insert into config_entry (${entry})
     select p.operator_id, 'port:' || p.gateway_id || '/' || p."position", 'port', p.gateway_id, p."position", 'setting', f.name, 'set', f.value, f.secret, false, 'Bench', now(), 1
     from port p cross join lateral (values
       ('port.extension', to_jsonb(coalesce(p.number, '2' || p."position")), null::bytea),
       ('port.displayName', to_jsonb(coalesce(p.label, 'Line ' || p."position")), null),
       ('port.password', null, '\\x00'::bytea)) as f (name, value, secret)`,
  );
  await client.query('vacuum analyze');
}
