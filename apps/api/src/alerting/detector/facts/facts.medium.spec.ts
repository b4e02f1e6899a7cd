import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { type AlarmMemory, type EventKind, type GatewayFacts, hearAlarm, NO_ALARMS } from '@loopstart/domain';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../../../../test/database.ts';
import { plant, type Planted, plantAnother } from '../../../../test/fleet.ts';
import { asOwner } from '../../../../test/postgres.ts';
import { Database } from '../../../core/db/database.ts';
import { wholeOperator } from '../../../core/db/scope.ts';
import { Baselines } from './baselines.ts';
import { FactsRepository } from './facts.repository.ts';
import { type Changes, FleetFacts } from './fleet-facts.ts';
import { SiteProbes } from './site-probes.ts';
import { TcpProbe } from './tcp-probe.ts';

const START = Math.floor(Date.now() / 60_000) * 60_000;
const NOBODY: ReadonlySet<string> = new Set();

let database: TestDatabase;
let db: Database;
let where: Planted;
let now: number;
let facts: FleetFacts;
let baselines: Baselines;
beforeEach(async () => {
  database = await createDatabase({ LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1' });
  db = new Database(database.config);
  now = START;
  said = NO_ALARMS;
  const operatorId = randomUUID();
  await run('insert into operator (id, name) values ($1, $2)', [operatorId, 'Oak']);
  where = await plant(database.ownerUrl, operatorId, {
    at: new Date(START),
    ports: [{ numbers: { lineVoltageV: 48, callsIn: 10, callsOut: 0, callsFailed: 0 } }, { device: 'fax' }],
  });
  baselines = new Baselines();
  const probes = new SiteProbes(new TcpProbe(database.config), () => now);
  facts = new FleetFacts(new FactsRepository(), baselines, probes, operatorId);
});
afterEach(async () => {
  await db.onApplicationShutdown();
  await database.drop();
});

const run = (text: string, values: unknown[] = []) => asOwner(database.ownerUrl, (sql) => sql.query(text, values));
const sweep = (): Promise<Changes> => db.tx(wholeOperator(where.operatorId), (sql) => facts.sweep(sql, now, NOBODY));
const gateway = async (): Promise<GatewayFacts> => {
  await db.tx(wholeOperator(where.operatorId), (sql) =>
    facts.touch(sql, now, { agents: NOBODY, gateways: new Set([where.gatewayId]) }, { allAgents: false }),
  );
  const again = await db.tx(wholeOperator(where.operatorId), (sql) =>
    facts.sweep(sql, now, new Set([where.gatewayId])),
  );
  return again.gateways.find(({ gatewayId }) => gatewayId === where.gatewayId)!;
};
/** As the ingest keeps it: in the present of the gateway. */
let said: AlarmMemory = NO_ALARMS;
const says = (kind: EventKind, at: number, alarmKey: string | null = null) => {
  said = hearAlarm(said, { kind, at, alarmKey, severity: 'major', position: null, text: `It said ${kind}.` });
  return run('update gateway_current set alarms = $2 where gateway_id = $1', [where.gatewayId, JSON.stringify(said)]);
};
const acts = (
  type: string,
  state: string,
  at: number,
  rest: { reason?: string; position?: number; result?: object } = {},
) =>
  run(
    `insert into action (operator_id, gateway_id, agent_id, "position", type, state, reason, result, life_safety_confirmed, requested_by_name, requested_at, updated_at,
       expires_at, idempotency_key)
     values ($1, $2, $3, $4, $5, $6, $7, $9, false, 'Ann', $8, $8, $8::timestamptz + interval '5 minutes', gen_random_uuid())`,
    [
      where.operatorId,
      where.gatewayId,
      where.agentId,
      rest.position ?? null,
      type,
      state,
      rest.reason ?? null,
      new Date(at),
      JSON.stringify(rest.result ?? {}),
    ],
  );

test('an agent is known by the lines behind it on which a life depends', async () => {
  expect((await sweep()).agents[0]?.lifeSafetyLines).toEqual({});
  await plantAnother(database.ownerUrl, where, {
    ports: [{ device: 'alarm-panel' }, { device: 'lift-phone' }, { device: 'lift-phone' }, { device: 'phone' }],
  });
  const fresh = new FleetFacts(
    new FactsRepository(),
    baselines,
    new SiteProbes(new TcpProbe(database.config), () => now),
    where.operatorId,
  );
  const seen = await db.tx(wholeOperator(where.operatorId), (sql) => fresh.sweep(sql, now, NOBODY));
  expect(seen.agents[0]?.lifeSafetyLines).toEqual({ 'alarm-panel': 1, 'lift-phone': 2 });
});

test('the first look sees everything, the next what changed, and what grew stale', async () => {
  const other = await plantAnother(database.ownerUrl, where, { at: new Date(START) });
  const first = await sweep();
  expect(first.gateways.map(({ gatewayId }) => gatewayId).sort()).toEqual([where.gatewayId, other.gatewayId].sort());
  expect(first.agents).toMatchObject([{ agentId: where.agentId, siteId: where.siteId, online: true, stoppedAt: null }]);
  expect(first.topology.gateways.get(where.gatewayId)).toMatchObject({ model: 'MP-124', siteId: where.siteId });
  now += 15_000;
  expect((await sweep()).gateways).toEqual([]);
  await run('update gateway_current set fault[1] = 2 where gateway_id = $1', [other.gatewayId]);
  expect((await sweep()).gateways.map(({ gatewayId, fault }) => [gatewayId, fault?.[0]])).toEqual([
    [other.gatewayId, 2],
  ]);
  now = START + 91_000;
  expect((await sweep()).gateways, 'three polls were missed').toHaveLength(2);
  now += 15_000;
  expect((await sweep()).gateways).toEqual([]);
});

test('a changed threshold causes a full evaluation', async () => {
  await sweep();
  await run(
    `insert into threshold_override (operator_id, kind, scope, scope_id, parameters, reason, set_by_name) values ($1, 'port-unregistered', 'customer', $2, '{"raiseAfterS":5}', 'Wanted.', 'Ann')`,
    [where.operatorId, where.customerId],
  );
  const { gateways, thresholds } = await sweep();
  expect(gateways).toHaveLength(1);
  expect(thresholds).toEqual([
    {
      kind: 'port-unregistered',
      scope: 'customer',
      scopeId: where.customerId,
      parameters: { raiseAfterS: 5 },
      off: false,
      reason: 'Wanted.',
    },
  ]);
});

test('what is no longer there is said to be gone: a port, a gateway, an agent', async () => {
  await sweep();
  await run('update port set removed_at = now() where "position" = 2');
  await run('update gateway set inventory_revision = 2');
  expect((await sweep()).gone).toEqual([`port:${where.gatewayId}/2`]);
  await run('update agent set revoked_at = now()');
  expect((await sweep()).gone.sort()).toEqual(
    [`agent:${where.agentId}`, `gateway:${where.gatewayId}`, `port:${where.gatewayId}/1`].sort(),
  );
});

describe('what a gateway said', () => {
  test('an alarm stands until it is cleared, also when it was raised before our start', async () => {
    await says('power-lost', START - 30 * 86_400_000, 'psu-1');
    expect((await gateway()).alarms).toMatchObject([
      { condition: 'power-lost', since: START - 30 * 86_400_000, text: 'It said power-lost.' },
    ]);
    now += 15_000;
    await says('power-restored', now, 'psu-1');
    expect((await gateway()).alarms).toEqual([]);
  });

  test('a failed action counts until it is repeated with success', async () => {
    await acts('lock-port', 'failed', START - 20_000, { position: 2, reason: 'It did not answer.' });
    expect((await gateway()).failedActions).toEqual([
      { at: START - 20_000, what: 'Locking', position: 2, reason: 'It did not answer.' },
    ]);
    now += 1_000;
    await acts('lock-port', 'succeeded', now, { position: 2 });
    expect((await gateway()).failedActions).toEqual([]);
  });

  test('why a gateway is not read is a code, also where an older agent said it in words', async () => {
    await run(
      `update gateway_current set reachability = 'unreachable', unreachable_reason = 'It does not know the SNMPv3 user.'`,
    );
    expect((await gateway()).unreadable).toMatchObject({ code: 'unknown-user' });
    await run(`update gateway_current set unreachable_code = 'target-removed'`);
    expect((await gateway()).unreadable).toMatchObject({ code: 'target-removed' });
  });

  test('an identity that was used twice, and the SIP server of a gateway', async () => {
    await run('update agent set identity_conflict_at = $1', [new Date(START - 5_000)]);
    await run(`update gateway set sip_server = 'sip.example'`);
    const { agents, topology } = await sweep();
    expect(agents).toMatchObject([{ identityConflictAt: START - 5_000 }]);
    expect(topology.gateways.get(where.gatewayId)?.registrar).toBe('sip.example');
  });

  test('an agent that waits for approval of its return, until somebody decides', async () => {
    const askedAt = new Date(START - 5_000);
    await run(
      `insert into agent_return (agent_id, operator_id, key_sha256, reason, address, hostname, version, expired_at, first_asked_at, last_asked_at)
       select id, operator_id, 'aa', 'older-key', '192.0.2.1', 'box', '1.0.0', $1, $1, $1 from agent`,
      [askedAt],
    );
    expect((await sweep()).agents).toMatchObject([{ returnAskedAt: askedAt.getTime() }]);
    await run('update agent_return set approved = false');
    expect((await sweep()).agents).toMatchObject([{ returnAskedAt: null }]);
    await run('delete from agent_return');
  });

  test('an unrequested start counts, a requested one does not', async () => {
    await says('cold-start', START - 60_000);
    expect((await gateway()).restartedAt).toBe(START - 60_000);
    now += 15_000;
    await acts('reboot', 'succeeded', now);
    now += 60_000;
    await says('cold-start', now);
    expect((await gateway()).restartedAt).toBeNull();
  });

  test('a restart that was refused explains nothing', async () => {
    await acts('reboot', 'refused', START - 90_000);
    await says('cold-start', START - 60_000);
    expect((await gateway()).restartedAt).toBe(START - 60_000);
  });
});

test('the last line test that was carried out counts', async () => {
  await acts('line-test', 'failed', START - 20_000, { position: 1, reason: 'The gateway says that it failed.' });
  expect((await gateway()).lineTests).toMatchObject([{ verdict: 'fail', reason: 'gateway-says-failed' }, null]);
  now += 1_000;
  await acts('line-test', 'failed', now, { position: 1, reason: 'The gateway does not answer.' });
  expect((await gateway()).lineTests).toMatchObject([{ verdict: 'fail' }, null]);
  now += 1_000;
  await acts('line-test', 'succeeded', now, { position: 1, result: { lineVoltageV: 48, hook: 'on-hook' } });
  expect((await gateway()).lineTests).toMatchObject([{ verdict: 'pass', at: now }, null]);
  now += 1_000;
  await acts('line-test', 'succeeded', now, { position: 1, result: { lineVoltageV: 0, hook: 'on-hook' } });
  expect((await gateway()).lineTests).toMatchObject([{ verdict: 'fail', reason: 'no-line-voltage' }, null]);
});

test('calls of a fax are counted over six hours', async () => {
  for (const [minutes, calls, failed] of [
    [300, 4, 0],
    [200, 9, 2],
    [10, 12, 3],
  ] as const)
    await run(
      `insert into gateway_sample (operator_id, gateway_id, taken_at, received_at, revision, calls_in, calls_out, calls_failed)
       values ($1, $2, $3, $3, 1, array[0, $4::int], array[0, 0], array[0, $5::int])`,
      [where.operatorId, where.gatewayId, new Date(START - minutes * 60_000), calls, failed],
    );
  expect((await gateway()).recentCalls).toEqual([
    { calls: 0, failed: 0 },
    { calls: 8, failed: 3 },
  ]);
});

test('what is usual on a line is learnt from its readings and outlives the process', async () => {
  for (let count = 0; count < 20; count += 1) {
    now += 5 * 60_000;
    await run('update gateway_current set observed_at = $1, line_voltage_v[1] = $2', [
      new Date(now),
      48 + (count % 2) / 10,
    ]);
    await sweep();
  }
  const learnt = (await gateway()).baselines?.[0]?.lineVoltageV;
  expect(learnt?.samples).toBeGreaterThanOrEqual(20);
  expect(learnt?.mean).toBeCloseTo(48.05, 1);
  expect((await gateway()).baselines?.[0]?.loopCurrentMa, 'the receiver was down').toBeNull();
  await db.tx(wholeOperator(where.operatorId), (sql) => baselines.write(sql, where.operatorId, now));
  const later = new Baselines();
  await db.tx(wholeOperator(where.operatorId), (sql) => later.load(sql));
  expect(later.of(where.gatewayId, [1, 2])).toEqual([{ lineVoltageV: learnt, loopCurrentMa: null }, null]);
});

describe('a site asked from outside', () => {
  let port: number;
  const server = createServer((socket) => socket.destroy());
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test.for<[string, () => string, boolean | null]>([
    ['answers', () => `127.0.0.1:${port}`, true],
    ['refuses, so it is there', () => '127.0.0.1:1', true],
    ['is at an address inside, which is never asked', () => '10.255.255.1:443', null],
    ['is at a name that nobody knows', () => 'nowhere.invalid:443', null],
    ['is no address', () => 'https://example.com/', null],
  ])('%s', async ([, address, expected]) => {
    expect(await new TcpProbe(database.config).answers(address())).toBe(expected);
  });

  test('is asked when an agent of it is lost, and the answer is among the facts', async () => {
    const probes = new SiteProbes(new TcpProbe(database.config), () => now);
    probes.know(where.operatorId, [
      { id: where.siteId, customer_id: where.customerId, probe_address: `127.0.0.1:${port}` },
    ]);
    expect(probes.answerOf(where.siteId)).toBeNull();
    const changed = await new Promise<string>((resolve) => probes.ask([where.siteId], (_, siteId) => resolve(siteId)));
    expect(changed).toBe(where.siteId);
    expect(probes.answerOf(where.siteId)).toBe(true);
    now += 61_000;
    expect(probes.answerOf(where.siteId), 'an old answer says nothing').toBeNull();
  });
});
