import { Injectable } from '@nestjs/common';
import type { ConfigPolicy } from '@loopstart/contracts';
import type { Sql } from '../../core/db/database.ts';

/** What an operator asks of who publishes. */
@Injectable()
export class PolicyRepository {
  /** Nothing is asked until somebody decides it. */
  async of(sql: Sql, operatorId: string): Promise<ConfigPolicy> {
    const { rows } = await sql.query<{ needsOtherPerson: boolean; changedBy: string; changedAt: Date }>(
      `select needs_other_person as "needsOtherPerson", changed_by_name as "changedBy", changed_at as "changedAt"
       from config_policy where operator_id = $1`,
      [operatorId],
    );
    const [row] = rows;
    if (row === undefined) return { needsOtherPerson: false, changedBy: null, changedAt: null };
    return { ...row, changedAt: row.changedAt.toISOString() };
  }

  async set(sql: Sql, operatorId: string, data: { needsOtherPerson: boolean; by: string; at: Date }): Promise<void> {
    await sql.query(
      `insert into config_policy (operator_id, needs_other_person, changed_by_name, changed_at) values ($1, $2, $3, $4)
       on conflict (operator_id) do update set needs_other_person = excluded.needs_other_person,
         changed_by_name = excluded.changed_by_name, changed_at = excluded.changed_at`,
      [operatorId, data.needsOtherPerson, data.by, data.at],
    );
  }
}
