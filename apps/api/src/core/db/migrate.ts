import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** Where the migrations are: beside the workspace's `prisma` folder, from `src` and from `dist` alike. */
const MIGRATIONS = join(import.meta.dirname, '../../../../../prisma/migrations');

/** Any number that only this program uses; serialises two starting processes. */
const LOCK = 5_623_667;

/** For whoever upgrades, after a migration that failed. Those before it are complete, and the version before runs on them. */
const WHAT_TO_DO =
  'Nothing of it was applied. Remove the cause and start this version again, or start the version before, which runs on this database as it is (docs/operations.md, Upgrade).';

/**
 * Applies the pending migrations, in order of their names, each in a transaction, and records them as Prisma does, so
 * that `prisma migrate deploy` works on the same folder and table. Returns the names applied. Throws when an applied
 * migration was changed afterwards. With `only`, others are left out: for the schema of an earlier version.
 */
export async function migrate(
  databaseUrl: string,
  folder: string = MIGRATIONS,
  only?: ReadonlySet<string>,
): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(`create table if not exists _prisma_migrations (
      id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null,
      logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`);
    const { rows } = await client.query<{ migration_name: string; checksum: string }>(
      'select migration_name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null',
    );
    const applied = new Map(rows.map((row) => [row.migration_name, row.checksum]));
    const done: string[] = [];
    for (const { name, sql, checksum } of migrationsIn(folder)) {
      if (only !== undefined && !only.has(name)) continue;
      const before = applied.get(name);
      if (before !== undefined) {
        if (before !== checksum)
          throw new Error(`Migration ${name} was changed after it had been applied to this database.`);
        continue;
      }
      await client.query('begin');
      try {
        await client.query(sql);
        await client.query(
          'insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) values ($1, $2, $3, now(), 1)',
          [randomUUID(), checksum, name],
        );
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw new Error(`Migration ${name} failed: ${(error as Error).message}. ${WHAT_TO_DO}`, { cause: error });
      }
      done.push(name);
    }
    return done;
  } finally {
    await client.end();
  }
}

/** The migrations of this version, with their checksums. */
export function knownMigrations(): ReadonlyMap<string, string> {
  return new Map([...migrationsIn(MIGRATIONS)].map(({ name, checksum }) => [name, checksum]));
}

/** In order of their names. */
function* migrationsIn(folder: string): Generator<{ name: string; sql: string; checksum: string }> {
  for (const name of readdirSync(folder).sort()) {
    const file = join(folder, name, 'migration.sql');
    if (!existsSync(file)) continue;
    const sql = readFileSync(file, 'utf8');
    yield { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  }
}
