import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from './database.ts';
import { asOwner } from './postgres.ts';
import { tablesOf } from './schema/database-tables.ts';
import { modelsOf } from './schema/prisma-models.ts';

const SCHEMA = readFileSync(join(import.meta.dirname, '../../../prisma/schema.prisma'), 'utf8');

/** Tables that the schema leaves out, each with its reason. */
const RAW = [...SCHEMA.matchAll(/^\/\/ {3}(\w+): \w.*$/gm)].map(([, table]) => table!);

const models = modelsOf(SCHEMA);
let database: TestDatabase;
let tables: Map<string, string[]>;

beforeAll(async () => {
  database = await createDatabase();
  const found = await asOwner(database.ownerUrl, tablesOf);
  tables = new Map(found.map(({ table, lines }) => [table, lines]));
});
afterAll(() => database.drop());

test('the schema names every table of the database, or gives a reason why not', () => {
  const named = models.map(({ table }) => table);
  expect(named.length).toBeGreaterThan(35);
  expect([...named, ...RAW].sort()).toEqual([...tables.keys()].sort());
});

test.for(models.map((model) => [model.table, model] as const))(
  'what the schema says of %s is what the migrations made',
  ([table, model]) => expect(model.lines).toEqual(tables.get(table)),
);
