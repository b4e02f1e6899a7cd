import { createHash, randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { Database } from '../src/core/db/database.ts';
import { wholeOperator } from '../src/core/db/scope.ts';
import { readConfig } from '../src/core/config.ts';
import { migrate } from '../src/core/db/migrate.ts';
import { plant } from './fleet.ts';
import { asOwner } from './postgres.ts';

const made: string[] = [];
let url: string;
let folder: string;

/** An empty database; with `owner`, of a login that is no superuser. */
async function empty(owner?: { name: string; password: string }): Promise<string> {
  const name = `m_${randomBytes(8).toString('hex')}`;
  made.push(name);
  await asOwner(inject('postgresUrl'), async (sql) => {
    if (owner !== undefined)
      await sql.query(`create role ${owner.name} login createrole nosuperuser password '${owner.password}'`);
    await sql.query(`create database ${name} ${owner === undefined ? '' : `owner ${owner.name}`}`);
  });
  const made_ = new URL(inject('postgresUrl'));
  made_.pathname = `/${name}`;
  if (owner !== undefined) [made_.username, made_.password] = [owner.name, owner.password];
  return made_.toString();
}

function write(name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'migration.sql'), sql);
}

const applied = () =>
  asOwner(
    url,
    async (sql) =>
      (
        await sql.query(
          'select migration_name as name, checksum, applied_steps_count as steps from _prisma_migrations order by 1',
        )
      ).rows,
  );

beforeAll(async () => {
  url = await empty();
  folder = mkdtempSync(join(tmpdir(), 'loopstart-migrations-'));
  write('1_first', 'create table first (id int);');
  writeFileSync(join(folder, 'migration_lock.toml'), 'provider = "postgresql"\n');
});
afterAll(() =>
  asOwner(inject('postgresUrl'), async (sql) => {
    for (const name of made) await sql.query(`drop database ${name} with (force)`);
  }),
);

test('migrations are applied once, in order, and recorded as Prisma does', async () => {
  expect(await migrate(url, folder)).toEqual(['1_first']);
  write('2_second', 'alter table first add column name text;');
  expect(await migrate(url, folder)).toEqual(['2_second']);
  expect(await migrate(url, folder)).toEqual([]);
  const checksum = (sql: string) => createHash('sha256').update(sql).digest('hex');
  expect(await applied()).toEqual([
    { name: '1_first', checksum: checksum('create table first (id int);'), steps: 1 },
    { name: '2_second', checksum: checksum('alter table first add column name text;'), steps: 1 },
  ]);
});

test('processes that start at once apply each once', async () => {
  write('3_third', 'create table third (id int);');
  const done = await Promise.all([migrate(url, folder), migrate(url, folder), migrate(url, folder)]);
  expect(done.flat()).toEqual(['3_third']);
});

test('a migration that fails changes nothing and says which it was', async () => {
  write('4_fourth', 'create table fourth (id int); select 1 / 0;');
  await expect(migrate(url, folder)).rejects.toThrow('Migration 4_fourth failed: division by zero');
  const { rows } = await asOwner(url, (sql) => sql.query("select to_regclass('fourth') as fourth"));
  expect(rows).toEqual([{ fourth: null }]);
  write('4_fourth', 'create table fourth (id int);');
  expect(await migrate(url, folder)).toEqual(['4_fourth']);
});

test('a migration that was changed after it was applied is refused by name', async () => {
  const changed = mkdtempSync(join(tmpdir(), 'loopstart-migrations-'));
  cpSync(folder, changed, { recursive: true });
  writeFileSync(join(changed, '1_first', 'migration.sql'), 'create table first (id bigint);');
  await expect(migrate(url, changed)).rejects.toThrow('Migration 1_first was changed after it had been applied');
});

test('an owner that is no superuser can migrate, and the application works', async () => {
  const owner = { name: `plain_${randomBytes(4).toString('hex')}`, password: 'pw' };
  const plain = await empty(owner);
  await asOwner(inject('postgresUrl'), (sql) =>
    sql.query(`grant loopstart_app, loopstart_resolver to ${owner.name} with admin option`),
  );
  expect((await migrate(plain)).length).toBeGreaterThan(0);
  const config = readConfig({
    DATABASE_URL: plain,
    DATABASE_APP_URL: inject('postgresAppUrl').replace(/\/postgres$/, new URL(plain).pathname),
    LOOPSTART_SECRET_KEY: Buffer.alloc(32).toString('base64'),
  });
  const db = new Database(config);
  await db.onModuleInit();
  expect((await db.query('select resolve_operators()')).rows).toEqual([]);
  const id = crypto.randomUUID();
  await db.tx(wholeOperator(id), (sql) => sql.query("insert into operator (id, name) values ($1, 'Oak')", [id]));
  expect((await db.query('select resolve_operators() as id')).rows).toEqual([{ id }]);
  await db.query("select ensure_partitions('gateway_sample', now(), now() + interval '1 day')");

  // What the owner's functions delete, they delete under the policies.
  const at = await plant(inject('postgresUrl').replace(/\/postgres$/, new URL(plain).pathname), id);
  const due = new Date(Date.now() + 15 * 86_400_000);
  await db.tx(wholeOperator(id), async (sql) => {
    await sql.query("select set_operator_deletion($1, now(), now() + interval '14 days', 'Ada')", [id]);
    expect((await sql.query('select begin_operator_removal($1, $2, $3) as began', [id, due, '{}'])).rows).toEqual([
      { began: true },
    ]);
    let gone = 0;
    for (let some = 1; some > 0; gone += some)
      some = (await sql.query<{ gone: number }>('select remove_operator_rows($1, 100) as gone', [id])).rows[0]!.gone;
    expect(gone).toBeGreaterThan(5);
    await sql.query('select remove_operator($1), forget_homeless_accounts()', [id]);
    expect((await sql.query('select id from gateway where id = $1', [at.gatewayId])).rows).toEqual([]);
  });
  expect((await db.query('select resolve_operators()')).rows).toEqual([]);
  await db.onApplicationShutdown();
});
