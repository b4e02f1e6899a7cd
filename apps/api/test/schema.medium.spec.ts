import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from './database.ts';
import { asOwner } from './postgres.ts';

const SCHEMA = readFileSync(join(import.meta.dirname, '../../../prisma/schema.prisma'), 'utf8');

/** Prisma's native and plain types as information_schema names them. */
const TYPES: Record<string, string> = {
  '@db.Uuid': 'uuid',
  '@db.Timestamptz(6)': 'timestamp with time zone',
  String: 'text',
  Int: 'integer',
  BigInt: 'bigint',
  Float: 'double precision',
  Boolean: 'boolean',
  Bytes: 'bytea',
  Json: 'jsonb',
};

interface Model {
  table: string;
  columns: { name: string; type: string; nullable: boolean }[];
}

function models(schema: string): Model[] {
  return [...schema.matchAll(/^model \w+ \{\n([\s\S]*?)^\}/gm)].map(([, body]) => {
    const lines = body!.split('\n').map((line) => line.trim());
    const columns = lines.flatMap((line) => {
      const field = /^(\w+)\s+(\w+)(\?)?(.*)$/.exec(line);
      if (field === null) return [];
      const [, name, type, optional, rest] = field;
      const native = /@db\.\w+(?:\(\d+\))?/.exec(rest!)?.[0];
      return [
        {
          name: /@map\("(\w+)"\)/.exec(rest!)?.[1] ?? name!,
          type: TYPES[native ?? type!] ?? `unknown type ${native ?? type}`,
          nullable: optional === '?',
        },
      ];
    });
    return { table: /@@map\("(\w+)"\)/.exec(body!)![1]!, columns };
  });
}

const found = models(SCHEMA);
let database: TestDatabase;
let columns: Map<string, { name: string; type: string; nullable: boolean }[]>;

beforeAll(async () => {
  database = await createDatabase();
  const { rows } = await asOwner(database.ownerUrl, (sql) =>
    sql.query(
      `select table_name, column_name as name, data_type as type, is_nullable = 'YES' as nullable from information_schema.columns where table_schema = 'public'`,
    ),
  );
  columns = Map.groupBy(rows, (row) => row.table_name as string) as never;
});
afterAll(() => database.drop());

test('the schema file names tables at all', () => expect(found.length).toBeGreaterThan(7));

test.for(found.map((model) => [model.table, model] as const))(
  'what Prisma believes of %s is what the migrations made',
  ([table, model]) => {
    const plain = (list: Model['columns']) =>
      list.map(({ name, type, nullable }) => `${name} ${type}${nullable ? ' null' : ''}`).sort();
    expect(plain(model.columns)).toEqual(plain(columns.get(table) ?? []));
  },
);
