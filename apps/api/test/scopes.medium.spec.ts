import { randomUUID } from 'node:crypto';
import type { Places } from '@loopstart/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Database, type Sql } from '../src/core/db/database.ts';
import { type Scope, wholeOperator } from '../src/core/db/scope.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import { plant, type Planted } from './fleet.ts';
import { asOwner } from './postgres.ts';

/** Tables of an operator that a limit to places does not narrow, and why each may be. */
const OPERATOR_WIDE: Readonly<Record<string, string>> = {
  operator: 'the operator itself: its name stands on every page',
  operator_standing: 'what the provider decided: that everybody may know; nobody of the operator writes it',
  operator_usage: 'how much the operator stores: one number; the right usage.read decides',
  invitation: 'people who are to come: the right members.read decides who lists them',
  mail: 'mail on its way: read by its worker, and in the demo by who may invite',
  app_user: 'colleagues: whom incidents are assigned to; the right people.read decides who lists them',
  session: 'seen by its own account alone',
  sign_in_policy: 'how people sign in, wherever they work; the right sign-in-policy.read decides',
  publication: 'what the provider publishes, for all places; the rights policies.read and roles.read decide',
  own_role: 'roles are the same everywhere; the right roles.read decides',
  data_key: 'keys by which secrets of any place are sealed; no endpoint shows them',
  audit_chain: 'where the chain of the trail ends: a hash; no place',
  audit_head: 'signed hashes of the chain; the right audit.read decides',
  audit_stream: 'where the trail is sent; the right audit.read decides',
  audit_setting: 'how long the trail is kept; the right audit.read decides',
  alert_memory: 'what the detector remembers; no endpoint reads it, and changes of a gateway write it',
  alerting_status: 'how the detector itself is; no place',
  rollup_due: 'which hours are still to be summed up; no place',
  policy: 'whom to notify, for all places; the right policies.read decides',
  schedule: 'who is on call; the right schedules.read decides',
  schedule_override: 'as its schedule',
  heartbeat: 'of the whole alerting; the right heartbeat.read decides',
  channel: 'where notifications go, for all places; the right channels.read decides',
  channel_key: 'as its channel',
  config_policy: 'what is asked of who publishes; the right configuration.read decides',
  config_draft: 'a name, and who edits it: its edits are narrowed as entries',
  config_revision: 'when what was published, and why: its entries are narrowed',
  config_deployment: 'which revision is on its way, and why: its gateways are narrowed as jobs',
};

let database: TestDatabase;
let db: Database;
let operatorId: string;
let near: Planted;
let far: Planted;

const none: Places = { customerIds: [], siteIds: [], tags: [] };
const limited = (places: Partial<Places>): Scope => wholeOperator(operatorId).limited({ ...none, ...places });
const count = (sql: Sql, table: string, where = 'true') =>
  sql.query<{ n: number }>(`select count(*)::int as n from ${table} where ${where}`).then(({ rows }) => rows[0]!.n);

beforeAll(async () => {
  database = await createDatabase();
  db = new Database(database.config);
  operatorId = randomUUID();
  await asOwner(database.ownerUrl, (sql) =>
    sql.query('insert into operator (id, name) values ($1, $2)', [operatorId, 'Oak']),
  );
  near = await plant(database.ownerUrl, operatorId);
  far = await plant(database.ownerUrl, operatorId);
  await asOwner(database.ownerUrl, (sql) =>
    sql.query(`update site set tags = '{north,vip}' where id = $1`, [near.siteId]),
  );
});
afterAll(async () => {
  await db.onApplicationShutdown();
  await database.drop();
});

async function policies(): Promise<{ name: string; tenant: boolean; reads: boolean; writes: boolean }[]> {
  return asOwner(database.ownerUrl, async (sql) => {
    // A restrictive policy for all commands, or one for each: "*" all, r select, a insert, w update, d delete.
    const { rows } = await sql.query(
      `select c.relname as name,
         exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant') as tenant,
         exists (select from pg_policy p where p.polrelid = c.oid and not p.polpermissive and p.polname like 'scope%' and p.polcmd in ('*', 'r')) as reads,
         exists (select from pg_policy p where p.polrelid = c.oid and not p.polpermissive and p.polname like 'scope%' and p.polcmd in ('*', 'a')) as writes
       from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
         and (c.relname = 'operator' or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'operator_id' and not a.attisdropped))
       order by 1`,
    );
    return rows;
  });
}

describe('the catalogue', () => {
  test('every table of an operator has the tenant policy and a scope policy, or a reason why it is operator-wide', async () => {
    const tables = await policies();
    expect(tables.length).toBeGreaterThan(45);
    expect(tables.filter(({ tenant }) => !tenant)).toEqual([]);
    expect(tables.filter(({ name, reads }) => reads === name in OPERATOR_WIDE).map(({ name }) => name)).toEqual([]);
    // Everybody's changes are recorded in the trail.
    const unwritten = tables.filter(({ reads, writes }) => reads && !writes).map(({ name }) => name);
    expect(unwritten).toEqual(['audit_entry']);
  });

  test('no table is called operator-wide that is none', async () => {
    const names = new Set((await policies()).map(({ name }) => name));
    expect(Object.keys(OPERATOR_WIDE).filter((name) => !names.has(name))).toEqual([]);
  });

  test('nothing is seen of any scoped table where the operator is set and the scope is not', async () => {
    const scoped = (await policies()).filter(({ reads }) => reads).map(({ name }) => name);
    for (const setting of [null, '', 'everything', '[]', '{}'])
      await db.tx(wholeOperator(operatorId), async (sql) => {
        if (setting === null) await sql.query('reset app.scope');
        else await sql.query("select set_config('app.scope', $1, true)", [setting]);
        for (const table of scoped) expect([table, await count(sql, table)], setting ?? 'reset').toEqual([table, 0]);
      });
  });
});

describe('what a limit shows', () => {
  const TABLES = ['site', 'agent', 'gateway', 'port', 'gateway_current', 'gateway_lines', 'gateway_words'];

  test.for([
    ['a customer', () => limited({ customerIds: [near.customerId] })],
    ['a site', () => limited({ siteIds: [near.siteId] })],
    ['a tag', () => limited({ tags: ['vip'] })],
  ] as const)('%s: what is there, and nothing else', async ([, scope]) => {
    await db.tx(scope(), async (sql) => {
      expect((await sql.query('select id from customer')).rows).toEqual([{ id: near.customerId }]);
      expect((await sql.query('select id from site')).rows).toEqual([{ id: near.siteId }]);
      expect((await sql.query('select id from gateway')).rows).toEqual([{ id: near.gatewayId }]);
      for (const table of TABLES) expect(await count(sql, table), table).toBeGreaterThan(0);
      expect(await count(sql, 'port', `gateway_id <> '${near.gatewayId}'`)).toBe(0);
    });
  });

  test('no place, and a place of nobody: nothing', async () => {
    for (const scope of [limited({}), limited({ siteIds: [randomUUID()] }), limited({ tags: ['south'] })])
      await db.tx(scope, async (sql) => {
        for (const table of ['customer', ...TABLES]) expect([table, await count(sql, table)]).toEqual([table, 0]);
      });
  });

  test('several places: all of them', async () => {
    await db.tx(limited({ siteIds: [near.siteId], customerIds: [far.customerId] }), async (sql) => {
      expect(await count(sql, 'gateway')).toBe(2);
    });
  });

  test('the whole operator: everything', async () => {
    await db.tx(wholeOperator(operatorId), async (sql) => expect(await count(sql, 'gateway')).toBe(2));
  });

  test('and from the moment a site leaves a scope, it is not seen', async () => {
    const scope = limited({ tags: ['vip'] });
    await asOwner(database.ownerUrl, (sql) => sql.query(`update site set tags = '{}' where id = $1`, [near.siteId]));
    await db.tx(scope, async (sql) => expect(await count(sql, 'gateway')).toBe(0));
    await asOwner(database.ownerUrl, (sql) => sql.query(`update site set tags = '{vip}' where id = $1`, [near.siteId]));
    await db.tx(scope, async (sql) => expect(await count(sql, 'gateway')).toBe(1));
  });
});

describe('what a limited member writes', () => {
  const refused = (scope: Scope, statement: string, values: unknown[]) =>
    expect(db.tx(scope, (sql) => sql.query(statement, values))).rejects.toMatchObject({ code: '42501' });
  const changed = (scope: Scope, statement: string, values: unknown[]) =>
    db.tx(scope, async (sql) => (await sql.query(statement, values)).rowCount);

  test('nothing of another place', async () => {
    const scope = limited({ customerIds: [near.customerId] });
    expect(await changed(scope, `update gateway set name = 'Mine' where id = $1`, [far.gatewayId])).toBe(0);
    expect(await changed(scope, `update gateway set name = 'Mine' where id = $1`, [near.gatewayId])).toBe(1);
    expect(await changed(scope, 'delete from port where gateway_id = $1', [far.gatewayId])).toBe(0);
    expect(await changed(scope, `update customer set notes = 'seen' where id = $1`, [far.customerId])).toBe(0);
    await refused(scope, `update gateway set site_id = $2 where id = $1`, [near.gatewayId, far.siteId]);
    await refused(scope, `insert into site (operator_id, customer_id, name, time_zone) values ($1, $2, 'X', 'UTC')`, [
      operatorId,
      far.customerId,
    ]);
    await refused(scope, `insert into customer (operator_id, name) values ($1, 'X')`, [operatorId]);
  });

  test('a customer only where all of it is theirs', async () => {
    const note = `update customer set notes = 'seen' where id = $1`;
    expect(await changed(limited({ customerIds: [near.customerId] }), note, [near.customerId])).toBe(1);
    expect(await changed(limited({ siteIds: [near.siteId] }), note, [near.customerId])).toBe(0);
  });

  test('no silence, maintenance or threshold that reaches beyond their places', async () => {
    const silence = `insert into silence (operator_id, matcher, reason, starts_at, ends_at, created_by_name) values ($1, $2, 'r', now(), now() + interval '1 hour', 'x')`;
    const threshold = `insert into threshold_override (operator_id, kind, scope, scope_id, reason, set_by_name) values ($1, 'port-unregistered', $2, $3, 'r', 'x')`;
    const scope = limited({ siteIds: [near.siteId] });
    const matchers = [{ kinds: ['port-unregistered'] }, { siteId: far.siteId }, { customerId: near.customerId }];
    for (const matcher of matchers) await refused(scope, silence, [operatorId, JSON.stringify(matcher)]);
    expect(await changed(scope, silence, [operatorId, JSON.stringify({ siteId: near.siteId })])).toBe(1);
    const places = [
      ['operator', ''],
      ['line-device-class', 'fax'],
      ['customer', near.customerId],
      ['site', far.siteId],
      ['port', `${far.gatewayId}/1`],
    ];
    for (const place of places) await refused(scope, threshold, [operatorId, ...place]);
    expect(await changed(scope, threshold, [operatorId, 'port', `${near.gatewayId}/1`])).toBe(1);
  });
});
