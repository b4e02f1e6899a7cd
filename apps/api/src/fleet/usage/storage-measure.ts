import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { wholeOperators } from '../../core/db/scope.ts';

/** Pages of 8 kB read of each table: a small table wholly, of a large one a sample. */
const PAGES_READ = 500;

/** Every table of operators, with its pages as the database last counted them; a partitioned one with those of its parts. */
const TABLES = `select c.relname as name, coalesce((select sum(greatest(l.relpages, 0)) from pg_partition_tree(c.oid) t
    join pg_class l on l.oid = t.relid where t.isleaf), greatest(c.relpages, 0))::float8 as pages
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'operator_id' and not a.attisdropped
  where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and has_table_privilege(c.oid, 'select') order by 1`;

/** Estimates how much each operator stores: the bytes of its rows, from a sample of the pages of each table. */
@Injectable()
export class StorageMeasure {
  constructor(
    private readonly db: Database,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async measure(): Promise<void> {
    const { rows: operators } = await this.db.query<{ id: string }>('select id from resolve_operators() as id');
    const ids = operators.map(({ id }) => id);
    if (ids.length === 0) return;
    const { rows: tables } = await this.db.query<{ name: string; pages: number }>(TABLES);
    const bytes = new Map(ids.map((id) => [id, 0]));
    // A transaction for each table: none is open for long.
    for (const table of tables)
      for (const [id, more] of await this.db.tx(wholeOperators(ids), (sql) => sample(sql, table)))
        bytes.set(id, (bytes.get(id) ?? 0) + more);
    const counted = [...bytes];
    await this.db.tx(wholeOperators(ids), (sql) =>
      sql.query(
        `insert into operator_usage (operator_id, storage_bytes, measured_at)
         select o.id, m.bytes, $3 from unnest($1::uuid[], $2::bigint[]) m(id, bytes) join operator o on o.id = m.id
         on conflict (operator_id) do update set storage_bytes = excluded.storage_bytes, measured_at = excluded.measured_at`,
        [counted.map(([id]) => id), counted.map(([, sum]) => Math.round(sum)), new Date(this.now())],
      ),
    );
  }
}

/** Bytes by operator. */
async function sample(sql: Sql, { name, pages }: { name: string; pages: number }): Promise<[string, number][]> {
  const percent = pages <= PAGES_READ ? 100 : (100 * PAGES_READ) / pages;
  const table = pg.escapeIdentifier(name);
  const { rows } = await sql.query<{ id: string; bytes: number }>(
    `select t.operator_id as id, sum(pg_column_size(t.*))::float8 as bytes from ${table} t tablesample system ($1) group by 1`,
    [percent],
  );
  return rows.map(({ id, bytes }) => [id, (bytes * 100) / percent]);
}
