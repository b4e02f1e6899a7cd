import type { Facet } from '@loopstart/contracts';
import type { Sql } from '../db/database.ts';
import type { ListRows } from './list-rows.ts';
import type { SqlValues } from './sql-values.ts';

/** As many values as a person reads; the others are found by search. */
export const VALUES_MAX = 200;

/** SQL: the values of a filter over the rows of a list, and their names. */
export interface FacetSql {
  value: string;
  label: string;
}

/** A value that is its own name; "not known" is the empty text. */
export const ownName = (sql: string): FacetSql => ({ value: sql, label: sql });

type Counted = Facet['values'][number];

/** The counted values, up to one more than `VALUES_MAX`, as an answer. */
export const facetOf = (counted: readonly Counted[]): Facet => ({
  values: counted.filter(({ count }) => count > 0).slice(0, VALUES_MAX),
  more: counted.length > VALUES_MAX,
});

/** Counts the rows of a list by the values of one filter, most first. */
export async function countValues(sql: Sql, rows: ListRows, facet: FacetSql, values: SqlValues): Promise<Facet> {
  const { rows: counted } = await sql.query<Counted>(
    `select value, label, count(*)::int as count from (select (${facet.value})::text as value, (${facet.label})::text as label from ${rows.from} where ${rows.where}) each
     where value is not null group by value, label order by count desc, label limit ${VALUES_MAX + 1}`,
    values.all,
  );
  return facetOf(counted);
}
