import { Injectable } from '@nestjs/common';
import { CHAIN_START, type ChainAnchor, type ChainEntry, type HeadReason, type HeadStatement } from '@loopstart/domain';
import { Database, type Sql } from '../../../core/db/database.ts';
import type { Caller } from '../../../core/http/implements.ts';
import { SqlValues } from '../../../core/list/sql-values.ts';
import { type AuditFilter, auditRows } from '../list/audit-filter.ts';
import { CHAIN_ROW, chainEntry, type ChainRow } from './chain-entry.ts';

/** Rows read at once: few enough that verifying them does not hold up other requests. */
const BATCH = 500;

export interface StoredHead extends HeadStatement {
  keyId: string;
  signature: Buffer;
}

/** The chain of an operator as it is stored, without its entries. */
export interface ChainFrame {
  anchor: ChainAnchor;
  end: ChainAnchor;
  heads: StoredHead[];
  /** Entries from before there was a chain, and the entries without a place that came later. */
  unchained: { before: number; later: number };
}

interface EndRow {
  seq: number;
  hash: string;
  beginsAfter: number;
  beginsAfterHash: string;
}

@Injectable()
export class ChainRepository {
  constructor(private readonly db: Database) {}

  /** Reads the whole chain as it is at one moment: the frame, and its entries in batches, in their order. */
  read<T>(
    { operatorId, scope }: Pick<Caller, 'operatorId' | 'scope'>,
    work: (frame: ChainFrame, batches: AsyncIterable<ChainEntry[]>) => Promise<T>,
  ): Promise<T> {
    return this.db.tx(scope, async (sql) => {
      await sql.query('set transaction isolation level repeatable read read only');
      const batches = batchesOf((after) => batch(sql, { operatorId, after, upTo: null, filter: ALL }));
      return work(await this.frame(sql, operatorId), batches);
    });
  }

  /** The entries that match up to a place, each batch in a transaction of its own: a slow reader must not hold one. */
  pages(
    { operatorId, scope }: Pick<Caller, 'operatorId' | 'scope'>,
    filter: AuditFilter,
    upTo: number,
  ): AsyncIterable<ChainEntry[]> {
    return batchesOf((after) => this.db.tx(scope, (sql) => batch(sql, { operatorId, after, upTo, filter })));
  }

  /** The next entries after a place, in their order. */
  next(sql: Sql, operatorId: string, after: number, limit: number): Promise<ChainEntry[]> {
    return batch(sql, { operatorId, after, upTo: null, filter: ALL }, limit);
  }

  async frame(sql: Sql, operatorId: string): Promise<ChainFrame> {
    const end = await this.end(sql, operatorId);
    const { rows: heads } = await sql.query<HeadStatement & { at: Date } & Pick<StoredHead, 'keyId' | 'signature'>>(
      `select operator_id as "operatorId", seq, encode(hash, 'hex') as hash, at, reason, key_id as "keyId", signature
       from audit_head where operator_id = $1 order by seq, id`,
      [operatorId],
    );
    const { rows: unchained } = await sql.query<{ before: number; later: number }>(
      `select count(*) filter (where id < first)::int as before, count(*) filter (where id > first)::int as later
       from (select id, (select min(id) from audit_entry where operator_id = $1 and seq is not null) as first
             from audit_entry where operator_id = $1 and seq is null) e`,
      [operatorId],
    );
    return {
      anchor: { seq: end.beginsAfter, hash: end.beginsAfterHash },
      end: { seq: end.seq, hash: end.hash },
      heads: heads.map((head) => ({ ...head, at: head.at.toISOString() })),
      unchained: unchained[0]!,
    };
  }

  async end(sql: Sql, operatorId: string): Promise<EndRow> {
    const { rows } = await sql.query<EndRow>(
      `select seq, encode(hash, 'hex') as hash, begins_after as "beginsAfter", encode(begins_after_hash, 'hex') as "beginsAfterHash"
       from audit_chain where operator_id = $1`,
      [operatorId],
    );
    return rows[0] ?? { seq: 0, hash: CHAIN_START, beginsAfter: 0, beginsAfterHash: CHAIN_START };
  }

  async lastHead(sql: Sql, operatorId: string): Promise<{ seq: number; at: Date } | null> {
    const { rows } = await sql.query<{ seq: number; at: Date }>(
      'select seq, at from audit_head where operator_id = $1 order by id desc limit 1',
      [operatorId],
    );
    return rows[0] ?? null;
  }

  async addHead(sql: Sql, head: StoredHead): Promise<void> {
    await sql.query(
      `insert into audit_head (operator_id, seq, hash, at, reason, key_id, signature) values ($1, $2, decode($3, 'hex'), $4, $5, $6, $7)`,
      [head.operatorId, head.seq, head.hash, head.at, head.reason satisfies HeadReason, head.keyId, head.signature],
    );
  }
}

const ALL: AuditFilter = { words: null };

async function* batchesOf(next: (after: number) => Promise<ChainEntry[]>): AsyncGenerator<ChainEntry[]> {
  let after = 0;
  for (let full = true; full;) {
    const entries = await next(after);
    if (entries.length > 0) yield entries;
    full = entries.length === BATCH;
    after = entries.at(-1)?.seq ?? after;
  }
}

interface Wanted {
  operatorId: string;
  after: number;
  /** Null: to the end. */
  upTo: number | null;
  filter: AuditFilter;
}

async function batch(
  sql: Sql,
  { operatorId, after, upTo, filter }: Wanted,
  limit: number = BATCH,
): Promise<ChainEntry[]> {
  const values = new SqlValues();
  const { from, where } = auditRows(filter, values);
  const { rows } = await sql.query<ChainRow>(
    `select ${CHAIN_ROW} from ${from} where ${where} and e.operator_id = ${values.add(operatorId)}::uuid
     and e.seq > ${values.add(after)}::bigint and e.seq <= coalesce(${values.add(upTo)}::bigint, e.seq)
     order by e.seq limit ${values.add(limit)}::integer`,
    values.all,
  );
  return rows.map(chainEntry);
}
