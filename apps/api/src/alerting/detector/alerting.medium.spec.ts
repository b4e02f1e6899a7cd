import { randomUUID } from 'node:crypto';
import { WebhookPayload } from '@loopstart/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestAlerting } from '../../../test/alerting.ts';
import { createDatabase, type TestDatabase } from '../../../test/database.ts';
import { plant, type Planted, plantAnother } from '../../../test/fleet.ts';
import { rowsOf } from '../../../test/ingest.ts';
import { asOwner } from '../../../test/postgres.ts';
import { AlertRetention } from './retention.ts';

const START = Date.parse('2026-11-23T12:00:00Z');

let database: TestDatabase;
let alerting: TestAlerting;
let operatorId: string;
beforeEach(async () => {
  database = await createDatabase();
  operatorId = randomUUID();
  await run('insert into operator (id, name) values ($1, $2)', [operatorId, 'Oak']);
  alerting = await TestAlerting.start(database, START);
});
afterEach(async () => {
  await alerting.close();
  await database.drop();
});

const run = (text: string, values: unknown[] = []) => asOwner(database.ownerUrl, (sql) => sql.query(text, values));
const rows = (text: string, values: unknown[] = []) => rowsOf<Record<string, unknown>>(database.ownerUrl, text, values);
const sent = async () => (await alerting.sent(operatorId)).map(({ type, kind }) => `${type} ${kind}`);

/** All agents and gateways report now. */
const alive = async () => {
  await run('update agent set online = true, last_seen_at = $1, stopped_at = null', [new Date(alerting.now)]);
  await run('update gateway_current set observed_at = $1, received_at = $1', [new Date(alerting.now)]);
};

/** Advances the time while agents and gateways report, except `lost` agents and those behind them. */
async function pass(watch: Parameters<TestAlerting['sweep']>[0], seconds: number, lost: readonly string[] = []) {
  const until = alerting.now + seconds * 1000;
  while (alerting.now < until) {
    alerting.now += 5_000;
    await run('update agent set last_seen_at = $1 where online and not id = any ($2)', [new Date(alerting.now), lost]);
    await run(
      `update gateway_current c set observed_at = $1, received_at = $1 from gateway g
       where g.id = c.gateway_id and not g.agent_id = any ($2) and c.reachability = 'reachable'`,
      [new Date(alerting.now), lost],
    );
    await alerting.sweep(watch);
  }
}

const setPort = (where: Planted, field: string, code: number, at = alerting.now) =>
  run(`update gateway_current set ${field}[1] = $2, state_since[1] = $3 where gateway_id = $1`, [
    where.gatewayId,
    code,
    new Date(at),
  ]);

test('a site that is cut off is one incident, raised once and resolved once', async () => {
  const ports = Array.from({ length: 24 }, () => ({}));
  const first = await plant(database.ownerUrl, operatorId, { at: new Date(START), ports });
  for (let count = 0; count < 3; count += 1)
    await plantAnother(database.ownerUrl, first, { at: new Date(START), ports });
  const watch = await alerting.load(operatorId);
  await alive();
  await pass(watch, 30);
  expect(await sent()).toEqual([]);

  await run('update agent set online = false where id = $1', [first.agentId]);
  await pass(watch, 240, [first.agentId]);
  expect(await sent()).toEqual(['incident.raised agent-silent']);
  expect(await rows('select affected, state, number from incident')).toEqual([
    { affected: { agents: 0, gateways: 4, ports: 96 }, state: 'open', number: 1 },
  ]);

  await alive();
  await pass(watch, 120);
  expect(await sent()).toEqual(['incident.raised agent-silent', 'incident.resolved agent-silent']);
  expect(await rows("select count(*)::int as open from alert where state = 'open'")).toEqual([{ open: 0 }]);
  expect(alerting.policy.asked).toEqual(['start agent-silent', 'stop resolved']);
});

test('a message matches the contract', async () => {
  const where = await plant(database.ownerUrl, operatorId, {
    at: new Date(START),
    site: 'North House',
    gateway: 'Alpha',
    ports: [{ device: 'lift-phone', label: 'Lift 2', number: '201' }],
  });
  const watch = await alerting.load(operatorId);
  await alive();
  await pass(watch, 10);
  await setPort(where, 'oper', 1);
  await pass(watch, 15);
  const [message] = await alerting.sent(operatorId);
  expect(WebhookPayload.safeParse(message?.payload).error).toBeUndefined();
  expect(message?.payload).toMatchObject({
    type: 'incident.raised',
    data: {
      seq: 1,
      kind: 'port-out-of-service',
      severity: 'critical',
      place: { site: { name: 'North House' }, gateway: { name: 'Alpha' }, port: { label: 'Lift 2', position: 1 } },
      operator: { id: operatorId, name: 'Oak' },
    },
  });
  expect(alerting.live.at(-1)).toMatchObject({ type: 'incident', incident: { kind: 'port-out-of-service' } });
});

test('a process that takes over continues where the other stopped: nothing is sent twice, and the end is sent', async () => {
  const where = await plant(database.ownerUrl, operatorId, { at: new Date(START) });
  const watch = await alerting.load(operatorId);
  await alive();
  await pass(watch, 10);
  await setPort(where, 'oper', 1);
  await pass(watch, 15);
  expect(await sent()).toEqual(['incident.raised port-out-of-service']);

  const other = await alerting.load(operatorId);
  await pass(other, 120);
  expect(await sent()).toEqual(['incident.raised port-out-of-service']);
  await setPort(where, 'oper', 0);
  await pass(other, 60);
  expect(await sent()).toEqual(['incident.raised port-out-of-service', 'incident.resolved port-out-of-service']);
});

test('a step that cannot be written is repeated, and sends once', async () => {
  const where = await plant(database.ownerUrl, operatorId, { at: new Date(START) });
  const watch = await alerting.load(operatorId);
  await alive();
  await pass(watch, 10);
  await setPort(where, 'oper', 1);
  alerting.policy.failing = true;
  await expect(pass(watch, 20)).rejects.toThrow('the connection is gone');
  expect(await sent()).toEqual([]);
  expect(await rows('select count(*)::int as count from incident')).toEqual([{ count: 0 }]);
  await pass(watch, 20);
  expect(await sent()).toEqual(['incident.raised port-out-of-service']);
});

test('after a restart nothing is sent until agents had time to reconnect', async () => {
  const places = [];
  for (let count = 0; count < 4; count += 1)
    places.push(await plant(database.ownerUrl, operatorId, { at: new Date(START), customer: `Customer ${count}` }));
  // The API was away for ten minutes: everything it stored is old.
  alerting.now = START + 595_000;
  const watch = await alerting.load(operatorId);
  await alerting.sweep(watch, 60);
  expect(await sent()).toEqual([]);
  await alive();
  await pass(watch, 120);
  expect(await sent(), 'all are back').toEqual([]);
});

test('an agent that does not return after a restart is announced once the others are back', async () => {
  const lost = await plant(database.ownerUrl, operatorId, { at: new Date(START) });
  for (let count = 0; count < 30; count += 1) await plant(database.ownerUrl, operatorId, { at: new Date(START) });
  alerting.now = START + 300_000;
  const watch = await alerting.load(operatorId);
  await alive();
  await run('update agent set last_seen_at = $2 where id = $1', [lost.agentId, new Date(START)]);
  await pass(watch, 60, [lost.agentId]);
  expect(await sent()).toEqual(['incident.raised agent-silent']);
});

/** Two thousand sites, each with an agent that is online now. */
async function manyAgents(): Promise<void> {
  const at = new Date(alerting.now);
  await run("insert into customer (operator_id, name) values ($1, 'Chain')", [operatorId]);
  await run(
    `insert into site (operator_id, customer_id, name, time_zone)
     select $1, (select id from customer limit 1), 'Store ' || n, 'UTC' from generate_series(1, 2000) n`,
    [operatorId],
  );
  await run(
    `insert into agent (operator_id, site_id, hostname, version, online, presence_at, last_seen_at, certificate_expires_at)
     select $1, id, name, '1', true, $2, $2, $2::timestamptz + interval '90 days' from site`,
    [operatorId, at],
  );
}
/** This many of the agents last seen at `since` or before return, except one. */
const comeBack = (count: number, since: number, except: unknown = null) =>
  run(
    `update agent set online = true, last_seen_at = $1 where id in
       (select id from agent where last_seen_at <= $2 and id is distinct from $4 order by id limit $3)`,
    [new Date(alerting.now), new Date(since), count, except],
  );
const awaySince = async (since: number) =>
  (await rows(`select count(*)::int as away from agent where last_seen_at <= '${new Date(since).toISOString()}'`))[0];
/** 2,000 agents are judged in each sweep, which takes a while on a busy machine. */
const MANY_TIMEOUT_MS = 240_000;

test(
  'a broker that restarts with 2,000 agents pages nobody',
  async () => {
    await manyAgents();
    const watch = await alerting.load(operatorId);
    for (let count = 0; count < 3; count += 1) {
      alerting.now += 10_000;
      await run('update agent set last_seen_at = $1', [new Date(alerting.now)]);
      await alerting.sweep(watch);
    }
    // Every connection is gone at once, and every last will says so; they come back over a minute.
    const lostAt = alerting.now;
    await run('update agent set online = false');
    for (let passed = 0; passed < 70; passed += 5) {
      alerting.now += 5_000;
      await comeBack(150, lostAt);
      await alerting.sweep(watch);
    }
    expect(await awaySince(lostAt)).toEqual({ away: 0 });
    alerting.now += 30_000;
    await run('update agent set last_seen_at = $1', [new Date(alerting.now)]);
    await alerting.sweep(watch);
    expect(await sent()).toEqual([]);
    expect(await rows("select count(*)::int as open from alert where state = 'open'")).toEqual([{ open: 0 }]);
  },
  MANY_TIMEOUT_MS,
);

test(
  'an API that restarts with 2,000 agents pages only for the one that does not return',
  async () => {
    await manyAgents();
    const lostAt = alerting.now;
    alerting.now += 240_000;
    const watch = await alerting.load(operatorId);
    await alerting.sweep(watch);
    const [missing] = await rows('select id from agent order by id desc limit 1');
    for (let passed = 0; passed < 60; passed += 5) {
      alerting.now += 5_000;
      await comeBack(200, lostAt, missing!['id']);
      await alerting.sweep(watch);
    }
    expect(await awaySince(lostAt), 'one is still away').toEqual({ away: 1 });
    // What fell silent together with all the others has to prove itself first.
    for (let passed = 0; passed < 150; passed += 10) {
      alerting.now += 10_000;
      await run('update agent set last_seen_at = $1 where id <> $2', [new Date(alerting.now), missing!['id']]);
      await alerting.sweep(watch);
    }
    expect(await sent()).toEqual(['incident.raised agent-silent']);
  },
  MANY_TIMEOUT_MS,
);

test('an outage of the database is announced as an interruption, and nothing else of that time', async () => {
  await plant(database.ownerUrl, operatorId, { at: new Date(START) });
  const watch = await alerting.load(operatorId);
  await alive();
  await pass(watch, 30);
  alerting.now += 300_000;
  await alerting.sweep(watch);
  alerting.now += 20_000;
  await alerting.sweep(watch);
  expect(await sent(), 'agents get time to reconnect').toEqual([]);
  await alive();
  await pass(watch, 60);
  expect(await sent()).toEqual(['incident.raised monitoring-interrupted']);
  expect(await rows("select evidence from alert where kind = 'monitoring-interrupted'")).toMatchObject([
    { evidence: { text: 'Nobody watched the fleet for 5 min.' } },
  ]);
  await pass(watch, 600);
  expect(await sent()).toEqual(['incident.raised monitoring-interrupted', 'incident.resolved monitoring-interrupted']);
});

test.for([
  { awayS: 100, expected: [] },
  { awayS: 3600, expected: ['incident.raised monitoring-interrupted'] },
])('a process that starts after $awayS s says whether nobody watched meanwhile', async ({ awayS, expected }) => {
  await plant(database.ownerUrl, operatorId, { at: new Date(START) });
  await alive();
  await pass(await alerting.load(operatorId), 30);
  alerting.now += awayS * 1000;
  const next = await alerting.load(operatorId);
  await alive();
  await pass(next, 30);
  expect(await sent()).toEqual(expected);
});

test('alerts that ended before the retention are deleted, announced and open ones are not', async () => {
  const where = await plant(database.ownerUrl, operatorId, { at: new Date(START), ports: [{}, {}, {}] });
  const watch = await alerting.load(operatorId);
  await alive();
  await pass(watch, 10);
  const oper = (codes: number[]) =>
    run(
      'update gateway_current set oper = $2, state_since = array_fill($3::timestamptz, array[3]) where gateway_id = $1',
      [where.gatewayId, codes, new Date(alerting.now)],
    );
  await oper([1, 1, 1]);
  await pass(watch, 60);
  await oper([0, 0, 0]);
  await pass(watch, 60);
  await oper([1, 0, 0]);
  await pass(watch, 30);
  const kinds = async () => (await rows('select kind, state from alert order by kind, state')).map(Object.values);
  const kept = [
    ['lines-failed-together', 'resolved'],
    ['port-out-of-service', 'open'],
  ];
  expect(await kinds()).toEqual([...kept, ...Array.from({ length: 3 }, () => ['port-out-of-service', 'resolved'])]);
  let ahead = 0;
  const retention = new AlertRetention(alerting.db, database.config, () => alerting.now + ahead);
  expect(await retention.forget()).toBe(0);
  ahead = 25 * 31 * 86_400_000;
  expect(await retention.forget()).toBe(3);
  expect(await kinds()).toEqual(kept);
});

test('old readings page nobody', async () => {
  const where = await plant(database.ownerUrl, operatorId, { at: new Date(START - 3_600_000) });
  await setPort(where, 'oper', 1, START - 3_600_000);
  await run('update agent set last_seen_at = $1', [new Date(START)]);
  const watch = await alerting.load(operatorId);
  for (let count = 0; count < 20; count += 1) {
    alerting.now += 5_000;
    await run('update agent set online = true, last_seen_at = $1', [new Date(alerting.now)]);
    await alerting.sweep(watch);
  }
  expect(await sent()).toEqual([]);
});

test('in maintenance nothing is sent; a condition that still holds afterwards is', async () => {
  const where = await plant(database.ownerUrl, operatorId, { at: new Date(START) });
  const watch = await alerting.load(operatorId);
  await alive();
  await pass(watch, 10);
  alerting.policy.maintained.set(`site:${where.siteId}`, { windowId: randomUUID(), until: alerting.now + 60_000 });
  await setPort(where, 'oper', 1);
  await pass(watch, 60);
  expect(await sent()).toEqual([]);
  expect(await rows("select hold->>'reason' as hold from alert where state = 'open'")).toEqual([
    { hold: 'maintenance' },
  ]);
  alerting.policy.maintained.clear();
  await pass(watch, 120);
  expect(await sent()).toEqual(['incident.raised port-out-of-service']);
});

test('a silenced incident is shown but not sent; when the silence ends its raise is sent, and later its end', async () => {
  const where = await plant(database.ownerUrl, operatorId, { at: new Date(START) });
  const watch = await alerting.load(operatorId);
  const silenceId = randomUUID();
  await run(
    `insert into silence (id, operator_id, matcher, reason, starts_at, ends_at, created_by_name) values ($1, $2, '{}', 'works', $3, $4, 'Ann')`,
    [silenceId, operatorId, new Date(START), new Date(START + 100_000)],
  );
  alerting.policy.silenced = [{ id: silenceId, matcher: { siteId: where.siteId } }];
  await alive();
  await pass(watch, 10);
  await setPort(where, 'oper', 1);
  await pass(watch, 60);
  expect(await sent()).toEqual([]);
  expect(await rows('select silence_id, state from incident')).toEqual([{ silence_id: silenceId, state: 'open' }]);
  alerting.policy.silenced = [];
  await pass(watch, 60);
  expect(await sent()).toEqual(['incident.raised port-out-of-service']);
  await setPort(where, 'oper', 0);
  await pass(watch, 60);
  expect(await sent()).toEqual(['incident.raised port-out-of-service', 'incident.resolved port-out-of-service']);
});

test('an incident that ended while silenced is never sent', async () => {
  const where = await plant(database.ownerUrl, operatorId, { at: new Date(START) });
  const watch = await alerting.load(operatorId);
  const silenceId = randomUUID();
  alerting.policy.silenced = [{ id: silenceId, matcher: { siteId: where.siteId } }];
  await run(
    `insert into silence (id, operator_id, matcher, reason, starts_at, ends_at, created_by_name) values ($1, $2, '{}', 'works', $3, $4, 'Ann')`,
    [silenceId, operatorId, new Date(START), new Date(START + 1_000_000)],
  );
  await alive();
  await pass(watch, 10);
  await setPort(where, 'oper', 1);
  await pass(watch, 30);
  await setPort(where, 'oper', 0);
  await pass(watch, 60);
  expect(await sent()).toEqual([]);
  expect(await rows('select state, resolution from incident')).toEqual([
    { state: 'resolved', resolution: 'recovered' },
  ]);
});

test('alerts of a gateway whose agent is revoked end with it', async () => {
  const where = await plant(database.ownerUrl, operatorId, { at: new Date(START) });
  const watch = await alerting.load(operatorId);
  await alive();
  await pass(watch, 10);
  await setPort(where, 'oper', 1);
  await pass(watch, 15);
  await run('update agent set revoked_at = now()');
  const other = await alerting.load(operatorId);
  await pass(other, 10);
  expect(await sent()).toEqual(['incident.raised port-out-of-service', 'incident.resolved port-out-of-service']);
  expect(await rows('select resolution from incident')).toEqual([{ resolution: 'gone' }]);
});
