import { Injectable } from '@nestjs/common';
import type { Deletion } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';

/** A requested deletion, with who requested it. */
export interface StoredDeletion extends Deletion {
  requestedBy: string;
}

interface DeletionRow {
  requested_at: Date;
  requested_by: string;
  due_at: Date;
  began_at: Date | null;
}

@Injectable()
export class DeletionRepository {
  /** Null: nobody requested it. */
  async of(sql: Sql, operatorId: string): Promise<StoredDeletion | null> {
    const { rows } = await sql.query<DeletionRow>(
      `select deletion_requested_at as requested_at, deletion_requested_by as requested_by, deletion_due_at as due_at, removal_began_at as began_at
       from operator_standing where operator_id = $1 and deletion_requested_at is not null`,
      [operatorId],
    );
    const row = rows[0];
    if (row === undefined) return null;
    return {
      requestedAt: row.requested_at.getTime(),
      requestedBy: row.requested_by,
      dueAt: row.due_at.getTime(),
      beganAt: row.began_at?.getTime() ?? null,
    };
  }

  /** A due time of null withdraws it. */
  async set(
    sql: Sql,
    operatorId: string,
    { at, dueAt, by }: { at: number; dueAt: number | null; by: string },
  ): Promise<void> {
    const due = dueAt === null ? null : new Date(dueAt);
    await sql.query('select set_operator_deletion($1, $2, $3, $4)', [operatorId, new Date(at), due, by]);
  }
}
