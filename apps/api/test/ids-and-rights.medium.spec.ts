import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Id } from '@loopstart/contracts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { makeAppLogin } from '../src/core/db/app-login.ts';
import { Database } from '../src/core/db/database.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import { plant, type Planted } from './fleet.ts';
import { rowsOf } from './ingest.ts';
import { asOwner } from './postgres.ts';

const MIGRATION = join(
  import.meta.dirname,
  '../../../prisma/migrations',
  readdirSync(join(import.meta.dirname, '../../../prisma/migrations')).find((name) =>
    name.endsWith('_ids_and_rights'),
  )!,
  'migration.sql',
);
const suffix = randomBytes(4).toString('hex');
let database: TestDatabase;
let place: Planted;

beforeAll(async () => {
  database = await createDatabase();
  const operatorId = randomUUID();
  await rowsOf(database.ownerUrl, "insert into operator (id, name) values ($1, 'Oak')", [operatorId]);
  place = await plant(database.ownerUrl, operatorId);
});
afterAll(async () => {
  await asOwner(inject('postgresUrl'), (sql) =>
    sql.query(
      `drop role if exists super_${suffix}, bypass_${suffix}, owner_${suffix}, friend_${suffix}, nobody_${suffix}`,
    ),
  ).catch(() => undefined);
  await database.drop();
});

describe('ids made from names', () => {
  test('are UUIDs by the contract, and one name is one id', async () => {
    const rows = await rowsOf<{ id: string; again: string }>(
      database.ownerUrl,
      'select name_uuid(n::text)::text as id, name_uuid(n::text)::text as again from generate_series(1, 2000) n',
    );
    for (const { id, again } of rows) {
      expect(Id.safeParse(id).error, id).toBeUndefined();
      expect(again).toBe(id);
    }
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });

  test('events stored with a bare md5 get the id that the same loss has now; others keep theirs', async () => {
    const good = randomUUID();
    await rowsOf(
      database.ownerUrl,
      `insert into gateway_event (id, operator_id, site_id, gateway_id, at, received_at, kind, severity, text, source, detail)
       select case n when 0 then $4::uuid else md5(n::text)::uuid end, $1, $2, $3, now(), now(), 'other', 'warning', n::text, 'agent', '{}' from generate_series(0, 300) n`,
      [place.operatorId, place.siteId, place.gatewayId, good],
    );
    const sql = readFileSync(MIGRATION, 'utf8').replace(/create function name_uuid[\s\S]*?;\n/, '');
    await asOwner(database.ownerUrl, (owner) => owner.query(sql));
    const rows = await rowsOf<{ id: string; text: string; expected: string }>(
      database.ownerUrl,
      'select id::text, text, name_uuid(text)::text as expected from gateway_event order by text::int',
    );
    expect(rows).toHaveLength(301);
    expect(rows[0]!.id).toBe(good);
    for (const row of rows.slice(1)) {
      // Where a bare md5 happened to be a UUID, it stays: its version may be another one.
      expect(Id.safeParse(row.id).error, row.id).toBeUndefined();
      if (!/^.{14}[1-7]/.test(row.id)) expect(row.id, row.text).toBe(row.expected);
    }
  });
});

describe('the login the application works as', () => {
  const start = async (url: string) => {
    const db = new Database({ ...database.config, DATABASE_APP_URL: url });
    try {
      await db.onModuleInit();
    } finally {
      await db.onApplicationShutdown();
    }
  };
  const as = (name: string) => {
    const url = new URL(database.ownerUrl);
    [url.username, url.password] = [name, 'pw'];
    return url;
  };
  const withRole = async (name: string, how: string, more = 'select 1') => {
    await asOwner(database.ownerUrl, (sql) => sql.query(`create role ${name} login password 'pw' ${how}; ${more}`));
    return as(name);
  };

  test.for<[string, () => Promise<URL | string>, RegExp]>([
    ['a superuser', () => withRole(`super_${suffix}`, 'superuser'), /can become a superuser/],
    [
      'a superuser that begins as the bound role',
      async () => Object.assign(as(`super_${suffix}`), { search: '?options=-c%20role%3Dloopstart_app' }),
      /can become a superuser/,
    ],
    [
      'one that bypasses row security',
      () => withRole(`bypass_${suffix}`, 'bypassrls'),
      /can bypass row-level security/,
    ],
    [
      'an owner of a table',
      () => withRole(`owner_${suffix}`, '', `alter table runbook_run owner to owner_${suffix}`),
      /own tables \(runbook_run\)/,
    ],
    [
      'one that can become an owner',
      () => withRole(`friend_${suffix}`, `noinherit in role owner_${suffix}`),
      /own tables \(runbook_run\)/,
    ],
    ['one that may read nothing', () => withRole(`nobody_${suffix}`, ''), /no member of loopstart_app/],
  ])('%s is refused, and the sentence says what to do', async ([, login, why]) => {
    const url = (await login()).toString();
    await expect(start(url)).rejects.toThrow(why);
    await expect(start(url)).rejects.toThrow(/create role .* in role loopstart_app; and set DATABASE_APP_URL/);
  });

  test('one made for it is taken, also when it is made again with another password', async () => {
    for (const password of ['first', `odd '"@:/ ü`]) {
      const url = await makeAppLogin(database.ownerUrl, password);
      await start(url);
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      const { rows } = await client.query(
        'select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as powers from pg_roles where rolname = session_user',
      );
      await client.end();
      expect(rows).toEqual([{ powers: false }]);
    }
  });

  test('an owner that may make no roles gets a sentence', async () => {
    await expect(makeAppLogin(as(`nobody_${suffix}`).toString(), 'pw')).rejects.toThrow(
      /could not make a login for the application \(permission denied.* in role loopstart_app/,
    );
  });
});
