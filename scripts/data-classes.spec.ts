import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { SEALED_FIELDS } from '../apps/api/src/core/secret/sealed-fields.ts';

const ROOT = resolve(import.meta.dirname, '..');
const textOf = (path: string) => readFileSync(resolve(ROOT, path), 'utf8');
const rows = textOf('docs/data-classes.md')
  .split('\n')
  .map((line) => /^\| (secret|personal|telephony|settings) +\| (?!sealed|row)[^|]*\| (`.*) \|$/.exec(line))
  .filter((match) => match !== null);
const classes = new Map(
  rows.map(([, name, tables]) => [name!, [...tables!.matchAll(/`(\w+)`/g)].map(([, it]) => it!)]),
);

test('every table of the schema has one class', () => {
  const named = [...classes.values()].flat().toSorted();
  const tables = [...textOf('prisma/schema.prisma').matchAll(/@@map\("(\w+)"\)/g)].map(([, table]) => table!);
  // Without a model: written by COPY and read by raw SQL.
  expect(named).toEqual([...tables, 'call_record'].toSorted());
});

test('every table with a sealed column is secret', () => {
  const sealed = new Set(Object.values(SEALED_FIELDS).map(({ table }) => table as string));
  expect([...sealed].filter((table) => !classes.get('secret')!.includes(table))).toEqual([]);
});
