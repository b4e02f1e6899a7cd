import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { type Prisma, PrismaClient } from '../../generated/prisma/client.ts';
import { CONFIG, type Config } from '../config.ts';
import { refusePowerful } from './refuse-powerful.ts';

/** SQLSTATEs after which the same transaction may simply be tried again. */
const RETRYABLE = new Set(['40001', '40P01']);
const TRIES_MAX = 4;

export type Sql = pg.PoolClient;
export type PrismaTx = Prisma.TransactionClient;

/** Times arrive as JavaScript dates, 64-bit counts as numbers: none of ours leaves the safe range. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);

/** Access to Postgres as the application role. Every transaction names the operators it works for. */
@Injectable()
export class Database implements OnModuleInit, OnApplicationShutdown {
  readonly pool: pg.Pool;
  readonly #prisma: PrismaClient;

  constructor(@Inject(CONFIG) config: Config) {
    this.pool = new pg.Pool({
      connectionString: config.DATABASE_APP_URL,
      max: 16,
      types,
      connectionTimeoutMillis: 10_000,
    });
    // A connection that dies is replaced at the next use, and a query on it fails by itself; neither an idle one nor
    // one between two statements may take the process with it.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
    this.#prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: config.DATABASE_APP_URL, max: 8 }) });
  }

  /** Throws where the login could set tenancy aside. */
  async onModuleInit(): Promise<void> {
    await refusePowerful(this.pool);
  }

  /** Runs `work` in a transaction that sees and writes rows of these operators alone; tries again after a deadlock. */
  async tx<T>(operatorIds: string | readonly string[], work: (sql: Sql) => Promise<T>): Promise<T> {
    const begin = beginFor(typeof operatorIds === 'string' ? [operatorIds] : operatorIds);
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

  /** The same through Prisma, for ordinary data of one operator. */
  prismaTx<T>(operatorId: string, work: (prisma: PrismaTx) => Promise<T>): Promise<T> {
    return this.#prisma.$transaction(async (prisma) => {
      await prisma.$executeRaw`select set_config('app.operators', ${operatorId}, true)`;
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

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Begins a transaction for these operators in one round trip. Compiling a plan to machine code costs more than any of
 * our queries takes. Throws RangeError on an id that is none: it stands in the text.
 */
function beginFor(operatorIds: readonly string[]): string {
  const strange = operatorIds.find((id) => !UUID.test(id));
  if (strange !== undefined) throw new RangeError(`not the id of an operator: ${strange}`);
  return `begin; set local jit = off; set local app.operators = '${operatorIds.join(',')}'`;
}
