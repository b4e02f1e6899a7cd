import { afterAll, beforeAll, expect, test } from 'vitest';
import { gatewayName } from '../src/core/fleet/gateway-name.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import { asOwner } from './postgres.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

test.for([
  ['a name of its own', ['Lobby', 'gw-1', 'Patton', 'SN4114'], 'Lobby'],
  ['the name it reports', [null, 'gw-1', 'Patton', 'SN4114'], 'gw-1'],
  ['what it is', [null, null, 'Patton', 'SN4114'], 'Patton SN4114'],
  ['a gateway of its vendor, where its model is not known', [null, null, 'Grandstream', null], 'Grandstream gateway'],
  ['by name, where its model is not known', ['Lobby', null, 'Grandstream', null], 'Lobby'],
  ['nothing, where there is no gateway', [null, null, null, null], null],
] as const)('a gateway is called %s', async ([, columns, expected]) => {
  const { rows } = await asOwner(database.ownerUrl, (sql) =>
    sql.query<{ called: string | null }>(
      `select ${gatewayName('g')} as called from (values ($1::text, $2::text, $3::text, $4::text)) g (name, sys_name, vendor, model)`,
      [...columns],
    ),
  );
  expect(rows[0]?.called).toBe(expected);
});

test('a statement of the application has the expression in it, and no call for each gateway', async () => {
  const plan = await asOwner(database.config.DATABASE_APP_URL, (sql) =>
    sql.query<{ 'QUERY PLAN': string }>(`explain (verbose) select ${gatewayName('g')} from gateway g`),
  );
  const text = plan.rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(text).toContain('COALESCE(g.name, g.sys_name');
  expect(text).not.toContain('gateway_name');
});

test('lists are sorted by the name that is shown', async () => {
  const { rows } = await asOwner(database.ownerUrl, (sql) =>
    sql.query<{ expression: string }>(
      `select pg_get_expr(d.adbin, d.adrelid) as expression from pg_attrdef d
       join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
       where d.adrelid = 'gateway'::regclass and a.attname = 'name_key'`,
    ),
  );
  expect(rows[0]?.expression).toBe('natural_key(gateway_name(name, sys_name, vendor, model))');
});
