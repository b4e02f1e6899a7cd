import { randomBytes } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import { CopyOut } from '../../core/db/copy.ts';
import { type BackupTable, columnList, MIGRATIONS_TABLE, quoted, sequencesOf, tablesOf } from './catalogue.ts';
import { encryptKeys } from './keys-part.ts';
import { FORMAT, KEYS, type Manifest, MANIFEST, MANIFEST_SEAL, sealOf } from './manifest.ts';
import { writePart } from './parts.ts';

export interface BackupOptions {
  /** A login that row-level security does not bind: a superuser, or a role with `bypassrls`. */
  databaseUrl: string;
  /** Where the backup is written; it must not exist. */
  folder: string;
  secretKeys: readonly Buffer[];
  /** Public keys of age; the holder of one of the private ones can restore. */
  recipients: readonly string[];
  /** A folder of stored files, or null. */
  filesFolder: string | null;
  version: string;
  now: () => number;
}

/**
 * Writes a backup while the API runs: everything as it was at one instant. Nothing is held in memory but the piece under
 * way. A folder whose name ends in .partial was interrupted, and is no backup.
 */
export async function writeBackup(options: BackupOptions): Promise<Manifest> {
  const { folder, recipients } = options;
  if (recipients.length === 0) throw new Error('A backup needs a recipient of age (age1…) for its keys.');
  if (existsSync(folder)) throw new Error(`${folder} exists already.`);
  const manifestKey = randomBytes(32);
  const secretKeys = options.secretKeys.map((key) => key.toString('base64'));
  const keys = await encryptKeys({ secretKeys, manifestKey: manifestKey.toString('base64') }, recipients);
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true, mode: 0o700 });
  const client = new pg.Client({ connectionString: options.databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const startedAt = new Date(options.now()).toISOString();
    const database = await writeDatabase(client, partial);
    const manifest: Manifest = {
      format: FORMAT,
      version: options.version,
      startedAt,
      ...database,
      keys: await writePart(partial, KEYS, Readable.from([Buffer.from(keys)]), false),
      files: options.filesFolder === null ? [] : await writeFiles(options.filesFolder, partial),
    };
    const bytes = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
    writeFileSync(join(partial, MANIFEST), bytes, { mode: 0o600 });
    writeFileSync(join(partial, MANIFEST_SEAL), sealOf(manifestKey, bytes), { mode: 0o600 });
    renameSync(partial, folder);
    return manifest;
  } finally {
    await client.end();
  }
}

/** One snapshot for all tables. With row security off a login that it binds is refused instead of getting a part. */
async function writeDatabase(client: pg.Client, folder: string) {
  await client.query(
    `begin isolation level repeatable read read only; set local row_security = off; set local timezone = 'UTC'; set local datestyle = 'ISO'; set local jit = off; set local idle_in_transaction_session_timeout = 0; set local statement_timeout = 0`,
  );
  const { rows } = await client.query<{ version: string }>(`select current_setting('server_version') as version`);
  const migrations = await client.query<{ name: string; checksum: string }>(
    `select migration_name as name, checksum from ${MIGRATIONS_TABLE} where finished_at is not null and rolled_back_at is null order by 1`,
  );
  const tables: Manifest['tables'] = [];
  for (const table of await tablesOf(client)) tables.push(await writeTable(client, table, folder));
  const sequences = await sequencesOf(client);
  await client.query('commit');
  return { postgresVersion: rows[0]!.version, migrations: migrations.rows, tables, sequences };
}

async function writeTable(client: pg.Client, table: BackupTable, folder: string): Promise<Manifest['tables'][number]> {
  const list = columnList(table.columns);
  const copy = client.query(new CopyOut(`copy (select ${list} from ${quoted(table.name)}) to stdout`));
  try {
    const part = await writePart(folder, `tables/${table.name}.copy.gz`, copy, true);
    return { ...table, rows: copy.rows, part };
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    throw new Error(
      `The login of the backup may not read all rows (${(error as Error).message}). Use a superuser or a role with bypassrls: BACKUP_DATABASE_URL.`,
      { cause: error },
    );
  }
}

async function writeFiles(from: string, folder: string): Promise<Manifest['files']> {
  const files: Manifest['files'] = [];
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const part = await writePart(folder, `files/${files.length + 1}`, createReadStream(file), false);
    files.push({ path: relative(from, file), part });
  }
  return files;
}
