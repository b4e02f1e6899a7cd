import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { type Prisma, PrismaClient } from '../../generated/prisma/client.ts';
import { CONFIG, type Config } from '../config.ts';
import { refusePowerful } from './refuse-powerful.ts';
import { type Scope, settingsOf } from './scope.ts';

/** SQLSTATEs after which the same transaction may be tried again. */
const RETRYABLE = new Set(['40001', '40P01']);
const TRIES_MAX = 4;
/** How long a transaction waits for a connection. */
const CONNECT_MS = 10_000;
/** How long one in Prisma may take. */
const WORK_MS = 60_000;

export type Sql = pg.PoolClient;
export type PrismaTx = Prisma.TransactionClient;

/** Times arrive as JavaScript dates, 64-bit counts as numbers: none of ours leaves the safe range. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);

/** Access to Postgres as the application role. Every transaction has a scope: the rows it sees and writes. */
@Injectable()
export class Database implements OnModuleInit, OnApplicationShutdown {
  readonly pool: pg.Pool;
  readonly #prisma: PrismaClient;

  constructor(@Inject(CONFIG) config: Config) {
    this.pool = new pg.Pool({
      connectionString: config.DATABASE_APP_URL,
      max: 16,
      types,
      connectionTimeoutMillis: CONNECT_MS,
    });
    // A connection that dies is replaced at the next use, and a query on it fails with an error; neither an idle
    // connection nor one between two statements may end the process.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
    this.#prisma = new PrismaClient({
      adapter: new PrismaPg({ connectionString: config.DATABASE_APP_URL, max: 8 }),
      // Prisma's defaults give up after 2 s of waiting and 5 s of work, where `tx` waits: a burst of sign-ins would
      // fail.
      transactionOptions: { maxWait: CONNECT_MS, timeout: WORK_MS },
    });
  }

  /** Throws where the login could bypass tenancy. */
  async onModuleInit(): Promise<void> {
    await refusePowerful(this.pool);
  }

  /** Runs `work` in a transaction that sees and writes rows of this scope alone; tries again after a deadlock. */
  async tx<T>(scope: Scope, work: (sql: Sql) => Promise<T>): Promise<T> {
    const begin = beginOf(scope);
    for (let attempt = 1; ; attempt += 1) {
      const client = await this.pool.connect();
      let broken: Error | undefined;
      try {
        await client.query(begin);
        const result = await work(client);
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch((failure: Error) => (broken = failure));
        if (attempt >= TRIES_MAX || !RETRYABLE.has((error as { code?: string }).code ?? '')) throw error;
      } finally {
        client.release(broken);
      }
    }
  }

  /** The same through Prisma, for ordinary data. */
  async prismaTx<T>(scope: Scope, work: (prisma: PrismaTx) => Promise<T>): Promise<T> {
    const settings = JSON.stringify(settingsOf(scope));
    return this.#prisma.$transaction(async (prisma) => {
      await prisma.$executeRaw`select set_config(key, value, true) from json_each_text(${settings}::json)`;
      return work(prisma);
    });
  }

  /** A query that belongs to no operator: the `resolve_…` functions and health checks. */
  query<R extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<pg.QueryResult<R>> {
    return this.pool.query<R>(text, values);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#prisma.$disconnect();
    await this.pool.end();
  }
}

/** From here on, the transaction sees and writes rows of this scope. */
export async function enter(sql: Sql, scope: Scope): Promise<void> {
  await sql.query('select set_config(key, value, true) from json_each_text($1::json)', [
    JSON.stringify(settingsOf(scope)),
  ]);
}

/** Begins a transaction of this scope in one round trip. Compiling a plan to machine code costs more than any of our queries takes. */
export const beginOf = (scope: Scope): string =>
  [
    'begin; set local jit = off',
    ...Object.entries(settingsOf(scope)).map(([name, value]) => `set local ${name} = '${value}'`),
  ].join('; ');
