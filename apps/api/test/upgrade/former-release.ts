import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { inject } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../../src/core/config.ts';
import { migrate } from '../../src/core/db/migrate.ts';
import type { TestDatabase } from '../database.ts';
import { asOwner } from '../postgres.ts';

const PRISMA = join(import.meta.dirname, '../../../../prisma');
const MIGRATIONS = join(PRISMA, 'migrations');
const Releases = z.strictObject({
  about: z.string(),
  previous: z.strictObject({ release: z.string(), lastMigration: z.string(), sha256: z.string() }),
});

/** The release before, as prisma/releases.json has it. */
export const previousRelease = Releases.parse(JSON.parse(readFileSync(join(PRISMA, 'releases.json'), 'utf8'))).previous;

const isMigration = (name: string) => /^\d{14}_/u.test(name);
export const allMigrations = readdirSync(MIGRATIONS).filter(isMigration).sort();
export const migrationsBefore = allMigrations.filter((name) => name <= previousRelease.lastMigration);
export const migrationsSince = allMigrations.filter((name) => name > previousRelease.lastMigration);

/** Of the names and contents of the migrations of the release before. */
export function digestOfRelease(): string {
  const hash = createHash('sha256');
  for (const name of migrationsBefore)
    hash.update(`${name}\n`).update(readFileSync(join(MIGRATIONS, name, 'migration.sql')));
  return hash.digest('hex');
}

/** A database as the release before had left it, without data. */
export async function formerDatabase(key: Buffer): Promise<TestDatabase> {
  const name = `f_${randomUUID().replaceAll('-', '')}`;
  const maintenance = inject('postgresUrl');
  await asOwner(maintenance, (sql) => sql.query(`create database ${name}`));
  const at = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).toString();
  const ownerUrl = at(maintenance);
  await migrate(ownerUrl, MIGRATIONS, new Set(migrationsBefore));
  return {
    name,
    ownerUrl,
    config: readConfig({
      DATABASE_URL: ownerUrl,
      DATABASE_APP_URL: at(inject('postgresAppUrl')),
      LOOPSTART_SECRET_KEY: key.toString('base64'),
      PORT: '0',
      MQTT_PORT: '0',
      LOG_LEVEL: 'silent',
    }),
    drop: async () => {
      await asOwner(maintenance, (sql) => sql.query(`drop database ${name} with (force)`));
    },
  };
}

/** Tables with their columns, without partitions. */
export async function columnsOf(sql: pg.Client): Promise<Map<string, string[]>> {
  const { rows } = await sql.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text order by a.attname) as columns
     from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and a.attnum > 0 and not a.attisdropped and c.relname <> '_prisma_migrations' group by 1 order by 1`,
  );
  return new Map(rows.map(({ name, columns }) => [name, columns]));
}

/** The rows of these tables, of these columns alone, as text in one order. */
export async function contentOf(sql: pg.Client, columns: ReadonlyMap<string, readonly string[]>) {
  const content: Record<string, string[]> = {};
  for (const [table, names] of columns) {
    const list = names.map((name) => `"${name}"`).join(', ');
    const { rows } = await sql.query<{ row: string }>(
      `select row_to_json(t)::text as row from (select ${list} from ${table}) t order by 1`,
    );
    content[table] = rows.map(({ row }) => row);
  }
  return content;
}
