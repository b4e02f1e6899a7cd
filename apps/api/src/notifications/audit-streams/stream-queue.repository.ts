import { Injectable } from '@nestjs/common';
import { type ChainEntry, fitting, lostBefore, streamRetryMs } from '@loopstart/domain';
import { Database } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import { ChainRepository } from '../../identity/audit/index.ts';
import type { StoredStream } from './audit-stream.repository.ts';
import type { Outcome } from './stream-sender.ts';

/** Longer than an attempt may take: a process that died blocks its streams for so long. */
const LEASE_MS = 30_000;
/** Bounds of a batch, which is all of a stream that is in memory. */
const ENTRIES_MAX = 100;
const BYTES_MAX = 262_144;

export interface DueStream {
  operatorId: string;
  id: string;
}

export interface Batch {
  stream: StoredStream;
  entries: ChainEntry[];
  /** Entries before these that were deleted before they could be sent. */
  lost: number;
}

/** Which entries go next, and how far each stream came. */
@Injectable()
export class StreamQueue {
  constructor(
    private readonly db: Database,
    private readonly chains: ChainRepository,
  ) {}

  /** Streams of any operator with entries to send now. */
  async due(now: number): Promise<DueStream[]> {
    const { rows } = await this.db.query<DueStream>(
      'select operator_id as "operatorId", stream_id as id from resolve_due_audit_streams($1)',
      [new Date(now)],
    );
    return rows;
  }

  /** The next entries of a stream, which is then this process's for a while; null where nothing waits or another has it. */
  claim({ operatorId, id }: DueStream, me: string, now: number): Promise<Batch | null> {
    return this.db.tx(wholeOperator(operatorId), async (sql) => {
      const { rows } = await sql.query<StoredStream>(
        `update audit_stream s set lease_by = $2, lease_until = $4
         where s.id = $1 and not s.paused and (s.lease_until is null or s.lease_until <= $3 or s.lease_by = $2)
         returning s.id, s.operator_id as "operatorId", s.name, s.kind, s.target, s.secret, s.paused, s.position`,
        [id, me, new Date(now), new Date(now + LEASE_MS)],
      );
      const [stream] = rows;
      if (stream === undefined) return null;
      const waiting = await this.chains.next(sql, operatorId, stream.position, ENTRIES_MAX);
      const [first] = waiting;
      if (first === undefined) {
        await sql.query('update audit_stream set lease_by = null, lease_until = null where id = $1', [id]);
        return null;
      }
      const entries = fitting(waiting, (entry) => JSON.stringify(entry.details).length, BYTES_MAX);
      return { stream, entries, lost: lostBefore(stream.position, first.seq) };
    });
  }

  /** Stores what became of a batch, where the lease is still held. Returns whether the next one may follow. */
  record(
    { stream, entries, lost }: Batch,
    { error, retryAfterMs }: Outcome,
    me: string,
    now: number,
  ): Promise<boolean> {
    const at = new Date(now);
    return this.db.tx(wholeOperator(stream.operatorId), async (sql) => {
      if (error === null) {
        const { rowCount } = await sql.query(
          `update audit_stream set position = $3, lost = lost + $4, last_sent_at = $5, failures = 0, last_error = null, last_error_at = null, next_try_at = null
           where id = $1 and lease_by = $2`,
          [stream.id, me, entries.at(-1)!.seq, lost, at],
        );
        return rowCount === 1;
      }
      const { rows } = await sql.query<{ failures: number }>(
        `update audit_stream set failures = failures + 1, last_error = $3, last_error_at = $4, lease_by = null, lease_until = null
         where id = $1 and lease_by = $2 returning failures`,
        [stream.id, me, error, at],
      );
      const failures = rows[0]?.failures;
      if (failures !== undefined)
        await sql.query('update audit_stream set next_try_at = $2 where id = $1', [
          stream.id,
          new Date(now + streamRetryMs(failures, retryAfterMs)),
        ]);
      return false;
    });
  }

  async release({ operatorId, id }: DueStream, me: string): Promise<void> {
    await this.db.tx(wholeOperator(operatorId), (sql) =>
      sql.query('update audit_stream set lease_by = null, lease_until = null where id = $1 and lease_by = $2', [
        id,
        me,
      ]),
    );
  }
}
