import { Injectable } from '@nestjs/common';
import type { Sql } from '../../../core/db/database.ts';

/** What an operator decides about its trail. */
@Injectable()
export class AuditSettingRepository {
  /** Null: as the installation. */
  async retentionMonths(sql: Sql, operatorId: string): Promise<number | null> {
    const { rows } = await sql.query<{ months: number | null }>(
      'select retention_months as months from audit_setting where operator_id = $1',
      [operatorId],
    );
    return rows[0]?.months ?? null;
  }

  async setRetentionMonths(sql: Sql, operatorId: string, months: number | null): Promise<void> {
    await sql.query(
      `insert into audit_setting (operator_id, retention_months) values ($1, $2)
       on conflict (operator_id) do update set retention_months = excluded.retention_months`,
      [operatorId, months],
    );
  }
}
