import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Database, type Sql } from '../src/core/db/database.ts';
import { wholeOperator } from '../src/core/db/scope.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import { libraryPolicy, libraryRole } from './library-inputs.ts';
import { asOwner } from './postgres.ts';

/** What the database itself keeps of published objects, whatever the application asks. */

let database: TestDatabase;
let db: Database;
let oak: string;
let elm: string;

const TABLES = ['policy', 'own_role'] as const;
const as = <T>(operatorId: string, work: (sql: Sql) => Promise<T>) => db.tx(wholeOperator(operatorId), work);
const refused = { code: '42501' };

beforeAll(async () => {
  database = await createDatabase();
  db = new Database(database.config);
  [oak, elm] = [randomUUID(), randomUUID()];
  await asOwner(database.ownerUrl, async (sql) => {
    await sql.query(`insert into operator (id, name) values ($1, 'Oak'), ($2, 'Elm')`, [oak, elm]);
    for (const { kind, content } of [libraryPolicy('Critical'), libraryRole('Watch')]) {
      const id = randomUUID();
      await sql.query(
        `insert into library_object (id, kind, mode, for_all, name, content, version, created_at, updated_at)
         values ($1, $2, 'locked', false, 'Published', $3, 1, now(), now())`,
        [id, kind, JSON.stringify(content)],
      );
      await sql.query('select library_place($1, $2, now())', [id, oak]);
    }
  });
});
afterAll(async () => {
  await db.onApplicationShutdown();
  await database.drop();
});

test.for(TABLES)('a locked row of %s is read, and neither changed, unlocked nor deleted', async (table) => {
  await as(oak, async (sql) => {
    expect((await sql.query(`select locked from ${table}`)).rows).toEqual([{ locked: true }]);
    for (const change of [
      `update ${table} set name = 'Mine'`,
      `update ${table} set locked = false`,
      `delete from ${table}`,
    ])
      expect((await sql.query(change)).rowCount, change).toBe(0);
  });
  await as(elm, async (sql) => expect((await sql.query(`select from ${table}`)).rowCount).toBe(0));
});

test.for(TABLES)('the application makes no locked row of %s, and locks none of its own', async (table) => {
  const columns = table === 'policy' ? 'ordinal, steps' : 'permissions, max_lines_at_once';
  const values = table === 'policy' ? `1, '[]'` : `'{}', 0`;
  const insert = `insert into ${table} (operator_id, name, ${columns}, library_id, library_version, locked)
    select $1, $2, ${values}, object_id, 1, $3 from publication limit 1`;
  await expect(as(oak, (sql) => sql.query(insert, [oak, 'Taken', true]))).rejects.toMatchObject(refused);
  const lock = as(oak, async (sql) => {
    await sql.query(insert, [oak, 'Copy', false]);
    await sql.query(`update ${table} set locked = true where not locked`);
  });
  await expect(lock).rejects.toMatchObject(refused);
});

test('a publication is seen by its operator alone, and written by nobody but the provider', async () => {
  await as(oak, async (sql) => expect((await sql.query('select from publication')).rowCount).toBe(2));
  await as(elm, async (sql) => expect((await sql.query('select from publication')).rowCount).toBe(0));
  for (const statement of [
    `update publication set name = 'Mine'`,
    'delete from publication',
    `insert into publication (operator_id, object_id, kind, mode, name, content, version, published_at)
     select operator_id, object_id, kind, mode, name, content, 9, now() from publication`,
    'select from library_object',
    'select library_place(gen_random_uuid(), gen_random_uuid(), now())',
    'select library_leaving(gen_random_uuid())',
  ])
    await expect(
      as(oak, (sql) => sql.query(statement)),
      statement,
    ).rejects.toMatchObject(refused);
});

test.for([
  'select provider_library(null)',
  `select provider_publish(gen_random_uuid(), 'policy', 'locked', 'Mine', '{}', null, now())`,
  `select provider_publish_version(gen_random_uuid(), 1, 'Mine', '{}', now())`,
  'select provider_withdraw(gen_random_uuid(), now())',
  `select provider_record_library(now(), 'publish', gen_random_uuid(), '{}')`,
])('a transaction of nobody of the provider is refused: %s', async (statement) => {
  await expect(as(oak, (sql) => sql.query(statement))).rejects.toMatchObject(refused);
});

test('an operator that is being removed gives its locked rows away, and gets none any more', async () => {
  await asOwner(database.ownerUrl, (sql) =>
    sql.query(
      `insert into operator_standing (operator_id, deletion_requested_at, deletion_requested_by, deletion_due_at, removal_began_at)
       values ($1, now(), 'Somebody', now(), now())`,
      [oak],
    ),
  );
  await as(oak, async (sql) => {
    for (const table of TABLES) expect((await sql.query(`delete from ${table}`)).rowCount).toBe(1);
  });
  const { rows } = await asOwner(database.ownerUrl, (sql) =>
    sql.query('select library_leaving($1) as leaving, library_leaving($2) as staying', [oak, elm]),
  );
  expect(rows).toEqual([{ leaving: true, staying: false }]);
});
