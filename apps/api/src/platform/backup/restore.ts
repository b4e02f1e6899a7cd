import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, normalize } from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import { copyIn } from '../../core/db/copy.ts';
import { knownMigrations, migrate } from '../../core/db/migrate.ts';
import { columnList, foreignKeysOf, quoted, tablesOf } from './catalogue.ts';
import type { Manifest } from './manifest.ts';
import { readPart, writePart } from './parts.ts';
import { readBackup } from './read-backup.ts';

export interface RestoreOptions {
  /** An empty database, as the owner that the API will migrate with. */
  databaseUrl: string;
  folder: string;
  /** Private key of age, as text. */
  identity: string;
  /** Where the secret keys are written, one a line, current first; it must not exist. */
  keyFile: string;
  /** Where stored files are written, or null. */
  filesFolder: string | null;
  /** Version of this program. */
  version: string;
}

/**
 * Restores a backup into an empty database. The whole backup is checked before anything is written. The schema is that of
 * the backup first, and is then migrated to that of this version.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Manifest> {
  const { databaseUrl, folder, keyFile } = options;
  if (existsSync(keyFile)) throw new Error(`${keyFile} exists already.`);
  const { manifest, keys } = await readBackup(folder, options.identity);
  refuseOtherVersion(manifest, options.version);
  if (manifest.files.length > 0 && options.filesFolder === null)
    throw new Error(`The backup has ${manifest.files.length} stored files: say where they go.`);
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await refuseFilled(client);
    await migrate(databaseUrl, undefined, new Set(manifest.migrations.map(({ name }) => name)));
    await loadDatabase(client, folder, manifest);
  } finally {
    await client.end();
  }
  await migrate(databaseUrl);
  for (const { path, part } of manifest.files) {
    const source = Readable.from(readPart(folder, part, false));
    await writePart(options.filesFolder!, inside(path), source, false);
  }
  mkdirSync(dirname(keyFile), { recursive: true });
  writeFileSync(keyFile, `${keys.secretKeys.join('\n')}\n`, { mode: 0o600, flag: 'wx' });
  return manifest;
}

/** A path that stays inside the folder it is joined to. */
function inside(path: string): string {
  const plain = normalize(path);
  if (plain.startsWith('..') || plain.startsWith('/'))
    throw new Error(`The backup is damaged: a file is called ${path}.`);
  return plain;
}

function refuseOtherVersion({ migrations, version }: Manifest, ours: string): void {
  const known = knownMigrations();
  for (const { name, checksum } of migrations) {
    if (known.get(name) === checksum) continue;
    throw new Error(
      `The backup was made by version ${version}, and this is ${ours}: migration ${name} is ${known.has(name) ? 'another one' : 'unknown'} here. Restore it with its version or a newer one.`,
    );
  }
}

async function refuseFilled(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') order by 1 limit 1`,
  );
  if (rows[0] !== undefined)
    throw new Error(`The database is not empty (it has the table ${rows[0].name}). Restore into a new one.`);
}

/** All rows in one transaction. Foreign keys are made again afterwards, which checks each of them. */
async function loadDatabase(client: pg.Client, folder: string, manifest: Manifest): Promise<void> {
  await client.query(
    `begin; set local timezone = 'UTC'; set local datestyle = 'ISO'; set local statement_timeout = 0; set local maintenance_work_mem = '256MB'`,
  );
  const tables = (await tablesOf(client)).map(({ name }) => quoted(name));
  const foreignKeys = await foreignKeysOf(client);
  const { rows: forced } = await client.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relforcerowsecurity and not c.relispartition`,
  );
  // Row-level security binds the owner too, while it is forced; triggers derive what the backup has already.
  for (const { name } of forced) await client.query(`alter table ${name} no force row level security`);
  for (const { table, name } of foreignKeys) await client.query(`alter table ${table} drop constraint ${name}`);
  for (const name of tables) await client.query(`alter table ${name} disable trigger user`);
  for (const table of manifest.tables) await loadTable(client, folder, table);
  for (const { name, value } of manifest.sequences)
    await client.query('select setval($1::regclass, $2::bigint)', [`public.${quoted(name)}`, value]);
  for (const name of tables) await client.query(`alter table ${name} enable trigger user`);
  for (const { table, name, definition } of foreignKeys)
    await client.query(`alter table ${table} add constraint ${name} ${definition}`);
  for (const { name } of forced) await client.query(`alter table ${name} force row level security`);
  await client.query('commit');
  await client.query('analyze');
}

async function loadTable(client: pg.Client, folder: string, table: Manifest['tables'][number]): Promise<void> {
  const name = quoted(table.name);
  for (const from of table.partitions)
    await client.query(`select ensure_partitions($1, $2::timestamptz, $2::timestamptz + interval '1 microsecond')`, [
      table.name,
      from,
    ]);
  // What migrations put there themselves is in the backup too.
  await client.query(`delete from ${name}`);
  const copy = `copy ${name} (${columnList(table.columns)}) from stdin`;
  const rows = await copyIn(client, copy, readPart(folder, table.part, true));
  if (rows !== table.rows) throw new Error(`The table ${table.name} got ${rows} rows instead of ${table.rows}.`);
}
