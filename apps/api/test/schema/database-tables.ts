import type pg from 'pg';
import type { TableLines } from './prisma-models.ts';

interface Column {
  table: string;
  name: string;
  type: string;
  required: boolean;
  identity: boolean;
  default: string | null;
}

interface Key {
  table: string;
  primary: boolean;
  columns: string[];
}

const TABLES = `c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`;

/**
 * The tables that a database has, partitions left out, in the words of `modelsOf`. A column that the database computes has
 * no default: no statement may give it a value.
 */
export async function tablesOf(sql: pg.Client): Promise<TableLines[]> {
  const { rows: columns } = await sql.query<Column>(
    `select c.relname as table, a.attname as name, format_type(a.atttypid, null) as type, a.attnotnull as required, a.attidentity <> '' as identity,
       case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end as default
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum where ${TABLES}`,
  );
  // Of unique indexes only those that hold for every row and name plain columns: Prisma can say nothing of the others.
  const { rows: keys } = await sql.query<Key>(
    `select c.relname as table, x.indisprimary as primary,
       array(select a.attname::text from unnest(x.indkey) with ordinality k (number, place)
             join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number order by k.place) as columns
     from pg_index x join pg_class c on c.oid = x.indrelid
     where x.indisunique and x.indpred is null and x.indexprs is null and ${TABLES}`,
  );
  const lines = [
    ...columns.map((column) => [column.table, columnLine(column)] as const),
    ...keys.map((key) => [key.table, `${key.primary ? 'primary key' : 'unique'} (${key.columns.join(', ')})`] as const),
  ];
  return [...Map.groupBy(lines, ([table]) => table)].map(([table, own]) => ({
    table,
    lines: own.map(([, line]) => line).sort(),
  }));
}

function columnLine({ name, type, required, identity, default: value }: Column): string {
  const made = identity ? 'identity' : value?.replace(/::(?:text|jsonb)$/, '');
  // Prisma has no nullable list; which ones are null in the database, `Meanings` says.
  const nullable = !required && !type.endsWith('[]');
  return `${name} ${type} ${nullable ? 'null' : 'not null'}${made === undefined ? '' : ` default ${made}`}`;
}
