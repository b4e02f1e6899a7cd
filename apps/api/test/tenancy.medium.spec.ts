import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from './database.ts';
import { plant, type Planted } from './fleet.ts';
import { asOwner } from './postgres.ts';

let database: TestDatabase;
let app: pg.Client;
let oak: Planted;
let elm: Planted;

const newOperator = (name: string): Promise<string> =>
  asOwner(database.ownerUrl, async (sql) => {
    const id = randomUUID();
    await sql.query('insert into operator (id, name) values ($1, $2)', [id, name]);
    return id;
  });

/** Runs as the application does, for these operators ('' for none), and takes everything back. */
async function within<T>(operators: string, work: () => Promise<T>): Promise<T> {
  await app.query('begin');
  try {
    await app.query("select set_config('app.operators', $1, true), set_config('app.scope', '*', true)", [operators]);
    return await work();
  } finally {
    await app.query('rollback');
  }
}

async function tenantTables(
  sql: pg.Client,
): Promise<{ name: string; enabled: boolean; forced: boolean; parent: boolean; policies: string[] }[]> {
  const { rows } = await sql.query(
    `select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced, not c.relispartition as parent,
       array(select p.polname::text from pg_policy p where p.polrelid = c.oid) as policies
     from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
       and (c.relname = 'operator' or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'operator_id' and not a.attisdropped))
     order by 1`,
  );
  return rows;
}

beforeAll(async () => {
  database = await createDatabase();
  oak = await plant(database.ownerUrl, await newOperator('Oak'));
  elm = await plant(database.ownerUrl, await newOperator('Elm'));
  await asOwner(database.ownerUrl, (sql) =>
    sql.query("select ensure_partitions('gateway_sample', now(), now() + interval '1 day')"),
  );
  app = new pg.Client({ connectionString: database.config.DATABASE_APP_URL });
  await app.connect();
});
afterAll(async () => {
  await app.end();
  await database.drop();
});

describe('the catalogue', () => {
  test('every table with an operator has row-level security, enabled and forced, with the tenant policy', async () => {
    const tables = await asOwner(database.ownerUrl, tenantTables);
    expect(tables.length).toBeGreaterThan(18);
    for (const table of tables) {
      expect(table, table.name).toMatchObject({ enabled: true, forced: true });
      // A partition is reached through its parent alone: without a policy of its own it shows nobody anything.
      if (table.parent) expect(table.policies, table.name).toContain('tenant');
    }
  });

  test('every other table is known to belong to no operator', async () => {
    const { rows } = await asOwner(database.ownerUrl, (sql) =>
      sql.query(
        `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'operator'
           and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'operator_id' and not a.attisdropped) order by 1`,
      ),
    );
    expect(rows.map((row) => row.name)).toEqual([
      '_prisma_migrations',
      'account',
      'account_credential',
      'account_link',
      'account_recovery_code',
      'account_totp',
      'certificate_authority',
      'former_certificate',
      'installation_key',
      'installation_secret',
      'library_object',
      'passkey',
      'passkey_challenge',
      'pending_sign_in',
      'provider_entry',
      'provider_head',
      'provider_person',
      'try_pace',
    ]);
  });

  test('the application works as a role that is bound by it', async () => {
    const { rows } = await app.query(
      'select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = session_user',
    );
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false }]);
  });

  test('it owns no table and can make none', async () => {
    const { rows } = await app.query(
      `select count(*)::int as owned from pg_class c join pg_roles r on r.oid = c.relowner where pg_has_role(session_user, r.oid, 'member') and c.relnamespace = 'public'::regnamespace`,
    );
    expect(rows).toEqual([{ owned: 0 }]);
    await expect(app.query('create table public.mine (id int)')).rejects.toMatchObject({ code: '42501' });
  });
});

describe('what SQL that got into the application cannot do', () => {
  test.for([
    ['see rows by setting its role aside', 'set role none', null],
    ['see rows by a fresh role', 'reset role', null],
    ['become the owner', `set role owner`, '42501'],
    ['become who looks up operators', 'set role loopstart_resolver', '42501'],
    ['delete history', "select drop_partitions_before('gateway_event', now())", '42501'],
    ['switch row-level security off', 'alter table customer no force row level security', '42501'],
    ['make itself a superuser', 'alter role current_user superuser', '42501'],
    ['read password hashes', 'select password_hash from account_credential', null],
  ] as const)('%s', async ([, statement, code]) => {
    await app.query('begin');
    try {
      const work = app.query(statement);
      if (code !== null) return await expect(work).rejects.toMatchObject({ code });
      await work;
      expect((await app.query('select count(*)::int as rows from app_user')).rows).toEqual([{ rows: 0 }]);
    } finally {
      await app.query('rollback');
    }
  });
});

describe('what the application sees', () => {
  test('nothing, without saying for whom it works', async () => {
    const tables = await asOwner(database.ownerUrl, tenantTables);
    for (const { name, parent } of tables) {
      if (!parent) continue;
      const { rows } = await within('', () => app.query(`select count(*)::int as rows from ${name}`));
      expect(rows, name).toEqual([{ rows: 0 }]);
    }
  });

  test('the rows of the operator it works for, and of several where it names several', async () => {
    const names = async (operators: string) =>
      (await within(operators, () => app.query('select operator_id from gateway order by 1'))).rows.map(
        (row) => row.operator_id,
      );
    expect(await names(oak.operatorId)).toEqual([oak.operatorId]);
    expect(await names(`${oak.operatorId},${elm.operatorId}`)).toEqual([oak.operatorId, elm.operatorId].sort());
  });

  test('not a partition by its own name', async () => {
    const { rows } = await app.query<{ name: string }>(
      "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'gateway_sample'::regclass limit 1",
    );
    await expect(within(oak.operatorId, () => app.query(`select * from ${rows[0]!.name}`))).rejects.toMatchObject({
      code: '42501',
    });
  });
});

describe('what the application may write', () => {
  test('nothing for another operator', async () => {
    const insert = 'insert into customer (operator_id, name) values ($1, $2)';
    await expect(within(oak.operatorId, () => app.query(insert, [elm.operatorId, 'Taken']))).rejects.toMatchObject({
      code: '42501',
    });
    const { rowCount } = await within(oak.operatorId, () =>
      app.query('update gateway set name = $1 where id = $2', ['Mine', elm.gatewayId]),
    );
    expect(rowCount).toBe(0);
    const gone = await within(oak.operatorId, () =>
      app.query('delete from port where gateway_id = $1', [elm.gatewayId]),
    );
    expect(gone.rowCount).toBe(0);
  });

  test('no row of its own that hangs on a row of another', async () => {
    const insert = 'insert into site (operator_id, customer_id, name, time_zone) values ($1, $2, $3, $4)';
    await expect(
      within(oak.operatorId, () => app.query(insert, [oak.operatorId, elm.customerId, 'Annex', 'UTC'])),
    ).rejects.toMatchObject({
      code: '23503',
    });
  });

  test('never over the audit', async () => {
    await expect(
      within(oak.operatorId, () => app.query("update audit_entry set verb = 'nothing'")),
    ).rejects.toMatchObject({ code: '42501' });
    await expect(within(oak.operatorId, () => app.query('delete from audit_entry'))).rejects.toMatchObject({
      code: '42501',
    });
  });
});

describe('look-ups before the operator is known', () => {
  test('are functions of a role nobody signs in as, and the application may call them', async () => {
    const { rows } = await app.query<{ name: string; owner: string; definer: boolean; path: string[] }>(
      `select p.proname as name, r.rolname as owner, p.prosecdef as definer, p.proconfig as path
       from pg_proc p join pg_roles r on r.oid = p.proowner where p.pronamespace = 'public'::regnamespace and p.proname like 'resolve\\_%' order by 1`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(8);
    for (const row of rows) {
      expect(row, row.name).toMatchObject({ owner: 'loopstart_resolver', definer: true });
      expect(row.path.join(), row.name).toContain('search_path=public, pg_temp');
    }
    const login = await app.query(
      "select rolcanlogin, rolbypassrls from pg_roles where rolname = 'loopstart_resolver'",
    );
    expect(login.rows).toEqual([{ rolcanlogin: false, rolbypassrls: false }]);
    const { rows: agents } = await app.query('select * from resolve_agents($1)', [[oak.agentId]]);
    expect(agents).toEqual([{ id: oak.agentId, operator_id: oak.operatorId, site_id: oak.siteId, revoked: false }]);
  });
});
