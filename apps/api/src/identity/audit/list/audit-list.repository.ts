import { Injectable } from '@nestjs/common';
import type { AuditEntry, AuditFacet, Facet } from '@loopstart/contracts';
import { Database, type Sql } from '../../../core/db/database.ts';
import type { Scope } from '../../../core/db/scope.ts';
import { found } from '../../../core/http/problem-error.ts';
import { without } from '../../../core/list/conditions.ts';
import { countValues } from '../../../core/list/facet.ts';
import { after, decodePlace, encodePlace, type Key, keyOf, orderBy } from '../../../core/list/keyset.ts';
import { keyFor, type ListPage } from '../../../core/list/list-rows.ts';
import { SqlValues } from '../../../core/list/sql-values.ts';
import { AUDIT_FACET_SQL, AUDIT_ORDER, type AuditFilter, auditRows, ENTRY } from './audit-filter.ts';
import { namesIn } from './names.ts';

/** Counting stops here: a trail of years is long, and a page of it is to be quick. */
const COUNT_MAX = 10_000;

type Row = Omit<AuditEntry, 'at' | 'names'> & { at: Date };
type Entries = { items: AuditEntry[]; nextCursor: string | null; total: number; totalIsMinimum?: boolean };

/** The audit trail, filtered and sorted by the database, page by page: by an index where it is read by time. */
@Injectable()
export class AuditListRepository {
  constructor(private readonly db: Database) {}

  list(scope: Scope, filter: AuditFilter, { sort, cursor, limit }: ListPage): Promise<Entries> {
    const key = keyFor(AUDIT_ORDER, sort);
    const place = decodePlace(cursor, sort, (part) => (part === 0 ? key : undefined));
    return this.db.tx(scope, async (sql) => {
      const total = place?.total ?? (await count(sql, filter));
      const values = new SqlValues();
      const { from, where } = auditRows(filter, values);
      const behind = place === null ? '' : `and ${after(key, place.key, values)}`;
      const { rows } = await sql.query<Row & { key: Key }>(
        `select ${ENTRY}, ${keyOf(key)} as key from ${from} where ${where} ${behind} order by ${orderBy(key)} limit ${values.add(limit + 1)}`,
        values.all,
      );
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: await named(sql, shown),
        nextCursor:
          rows.length > limit && last !== undefined ? encodePlace({ sort, total, part: 0, key: last.key }) : null,
        total: Math.min(total, COUNT_MAX),
        ...(total > COUNT_MAX && { totalIsMinimum: true }),
      };
    });
  }

  /** Throws `not-found`. */
  one(scope: Scope, id: string): Promise<AuditEntry> {
    return this.db.tx(scope, async (sql) => {
      const values = new SqlValues();
      const { from, where } = auditRows({ id, words: null }, values);
      const { rows } = await sql.query<Row>(`select ${ENTRY} from ${from} where ${where}`, values.all);
      return found((await named(sql, rows))[0]);
    });
  }

  /** Counts entries by the values of one filter, all other filters applied. */
  facet(scope: Scope, filter: AuditFilter, facet: AuditFacet): Promise<Facet> {
    const values = new SqlValues();
    const rows = auditRows(without(filter, facet), values);
    return this.db.tx(scope, (sql) => countValues(sql, rows, AUDIT_FACET_SQL[facet], values));
  }
}

/** How many match, up to one more than `COUNT_MAX`. */
async function count(sql: Sql, filter: AuditFilter): Promise<number> {
  const values = new SqlValues();
  const { from, where } = auditRows(filter, values);
  const { rows } = await sql.query<{ total: number }>(
    `select count(*)::int as total from (select 1 from ${from} where ${where} limit ${COUNT_MAX + 1}) counted`,
    values.all,
  );
  return rows[0]!.total;
}

async function named(sql: Sql, rows: readonly Row[]): Promise<AuditEntry[]> {
  const names = await namesIn(
    sql,
    rows.flatMap(({ change, before }) => [change, before]),
  );
  return rows.map(({ id, at, by, verb, subject, change, before, chain, erased, requestId }) => ({
    id,
    at: at.toISOString(),
    by,
    verb,
    subject,
    change,
    before,
    names: names.of([change, before]),
    chain,
    erased,
    requestId,
  }));
}
