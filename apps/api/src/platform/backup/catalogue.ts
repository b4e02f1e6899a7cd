import type pg from 'pg';

/** A table as it is copied: partitions are in their parent. */
export interface BackupTable {
  name: string;
  /** Without generated columns. */
  columns: string[];
  /** Lower bounds of its partitions, ISO; none where it has no partitions. */
  partitions: string[];
}

/** A foreign key, as it is made again. */
export interface ForeignKey {
  table: string;
  name: string;
  definition: string;
}

/** Which migrations were applied: the migrations themselves make this table. */
export const MIGRATIONS_TABLE = '_prisma_migrations';

/** Tables of the application, in order of their names. Unlogged ones hold nothing that outlives a crash. */
export async function tablesOf(sql: pg.ClientBase): Promise<BackupTable[]> {
  const { rows } = await sql.query<BackupTable>(
    `select c.relname as name,
       array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
       array(select substring(pg_get_expr(p.relpartbound, p.oid) from 'FROM \\(''([^'']+)''\\)') from pg_inherits i join pg_class p on p.oid = i.inhrelid where i.inhparent = c.oid order by 1) as partitions
     from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and c.relpersistence <> 'u' and c.relname <> $1
     order by 1`,
    [MIGRATIONS_TABLE],
  );
  return rows;
}

/** Where the sequences of the application are. */
export async function sequencesOf(sql: pg.ClientBase): Promise<{ name: string; value: string }[]> {
  const { rows } = await sql.query<{ name: string; value: string }>(
    `select sequencename as name, last_value::text as value from pg_sequences where schemaname = 'public' and last_value is not null order by 1`,
  );
  return rows;
}

export async function foreignKeysOf(sql: pg.ClientBase): Promise<ForeignKey[]> {
  const { rows } = await sql.query<ForeignKey>(
    `select c.conrelid::regclass::text as table, quote_ident(c.conname) as name, pg_get_constraintdef(c.oid) as definition
     from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace and c.conparentid = 0 order by 1, 2`,
  );
  return rows;
}

/** What the table of a name is called in a statement. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const columnList = (columns: readonly string[]): string => columns.map(quoted).join(', ');
