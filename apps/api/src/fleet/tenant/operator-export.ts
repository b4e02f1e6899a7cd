import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { beginOf, Database, type Sql } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import type { Person } from '../../core/http/implements.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { type By, Changes } from '../../identity/audit/index.ts';
import { omittedOf, OMITTED_COLUMNS, OMITTED_TABLES } from './export-omissions.ts';

/** Rows fetched at once. */
const BATCH = 500;
/** How long a reader may pause before the database ends the transaction that keeps the instant. */
const PAUSE_MAX = '60s';

/** Every table of operators; a new one is in the export unless it is listed as omitted. */
const TABLES = `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'operator_id' and not a.attisdropped
  where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`;

/** Everything of one operator as lines of JSON, as it is at one instant. */
@Injectable()
export class OperatorExport {
  constructor(
    private readonly db: Database,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /**
   * On record before the first line leaves. Throws `in-use` while another export of the operator runs: each holds a connection
   * until it is read.
   */
  async begin(by: By & { caller: Person }): Promise<AsyncGenerator<string>> {
    const { operatorId } = by.caller;
    const client = await this.db.pool.connect();
    try {
      await client.query(beginOf(wholeOperator(operatorId)));
      await client.query(
        `set transaction isolation level repeatable read read only; set local idle_in_transaction_session_timeout = '${PAUSE_MAX}'`,
      );
      const { rows } = await client.query<{ free: boolean }>(
        `select pg_try_advisory_xact_lock(hashtext('loopstart.operator-export'), hashtext($1)) as free`,
        [operatorId],
      );
      if (rows[0]?.free !== true)
        throw new ProblemError('in-use', {
          detail: 'Another export of this organisation runs. Try again when it is done.',
        });
      await this.changes.make(by, async () => ({
        result: undefined,
        audit: { verb: 'export', subjectType: 'operator', subjectId: operatorId, change: {} },
      }));
    } catch (error) {
      await end(client);
      throw error;
    }
    return this.#lines(client, operatorId);
  }

  async *#lines(client: pg.PoolClient, operatorId: string): AsyncGenerator<string> {
    try {
      const { rows: tables } = await client.query<{ name: string }>(TABLES);
      const exported = tables.map(({ name }) => name).filter((name) => !(name in OMITTED_TABLES));
      const left = { tables: OMITTED_TABLES, columns: OMITTED_COLUMNS };
      yield line({ type: 'operator-export', version: 1, operatorId, at: new Date(this.now()).toISOString(), left });
      let rows = 0;
      const counts: Record<string, number> = {};
      // The operator itself, and its people by what names them: accounts are of no operator.
      for (const table of ['operator', 'person', ...exported]) {
        counts[table] = 0;
        for await (const batch of batchesOf(client, table)) {
          counts[table] += batch.length;
          rows += batch.length;
          yield batch.map((row) => `{"type":"row","table":${JSON.stringify(table)},"row":${row}}\n`).join('');
        }
      }
      yield line({ type: 'end', rows, counts });
    } finally {
      await end(client);
    }
  }
}

const line = (value: object): string => `${JSON.stringify(value)}\n`;

/** The rows of a table as texts of JSON. */
async function* batchesOf(sql: Sql, table: string): AsyncGenerator<string[]> {
  await sql.query({
    text: `declare exported no scroll cursor for select (to_jsonb(t) - array[${omittedOf(table)
      .map((name) => pg.escapeLiteral(name))
      .join(', ')}]::text[])::text as row from ${pg.escapeIdentifier(table)} t`,
  });
  for (let full = true; full;) {
    const { rows } = await sql.query<{ row: string }>(`fetch ${BATCH} from exported`);
    if (rows.length > 0) yield rows.map(({ row }) => row);
    full = rows.length === BATCH;
  }
  await sql.query('close exported');
}

/** Nothing was written: what fails here has ended the connection itself. */
async function end(client: pg.PoolClient): Promise<void> {
  let broken: Error | undefined;
  await client.query('rollback').catch((error: Error) => (broken = error));
  client.release(broken);
}
