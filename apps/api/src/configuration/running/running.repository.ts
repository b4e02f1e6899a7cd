import { Injectable } from '@nestjs/common';
import type { RunningConfigSummary } from '@loopstart/contracts';
import { isOpenJob } from '../../agents/config-jobs/index.ts';
import type { Sql } from '../../core/db/database.ts';
import { fields, type RowOf } from '../../core/db/fields.ts';

const RUNNING = fields('RunningConfig', 'r', [
  'id',
  'gatewayId',
  'jobId',
  'moment',
  'format',
  'firmware',
  'bytes',
  'firstReadAt',
  'lastReadAt',
]);
const COLUMNS = `${RUNNING}, r.text is not null as "isKept"`;
type RunningRow = RowOf<typeof RUNNING> & { isKept: boolean };

/** A configuration with its text, still sealed. */
export interface SealedRunning {
  config: RunningConfigSummary;
  text: Buffer | null;
}

/** Configurations that gateways ran. */
@Injectable()
export class RunningRepository {
  async list(
    sql: Sql,
    gatewayId: string,
    { after, limit }: { after: (string | number)[] | null; limit: number },
  ): Promise<{ rows: RunningConfigSummary[]; total: number }> {
    const { rows } = await sql.query<RunningRow>(
      `select ${COLUMNS} from running_config r where r.gateway_id = $1 and ($2::timestamptz is null or (r.last_read_at, r.id) < ($2, $3::uuid))
       order by r.last_read_at desc, r.id desc limit $4`,
      [gatewayId, after?.[0] ?? null, after?.[1] ?? null, limit],
    );
    const count = await sql.query<{ total: number }>(
      'select count(*)::int as total from running_config where gateway_id = $1',
      [gatewayId],
    );
    return { rows: rows.map(toSummary), total: count.rows[0]!.total };
  }

  async one(sql: Sql, id: string): Promise<SealedRunning | null> {
    const { rows } = await sql.query<RunningRow & { text: Buffer | null }>(
      `select ${COLUMNS}, r.text from running_config r where r.id = $1`,
      [id],
    );
    if (rows[0] === undefined) return null;
    const { text, ...row } = rows[0];
    return { config: toSummary(row), text };
  }

  /** What was read of a gateway last, and whether it was held against what was confirmed; null: nothing was. */
  async newest(sql: Sql, gatewayId: string): Promise<{ id: string; isCompared: boolean } | null> {
    const { rows } = await sql.query<{ id: string; isCompared: boolean }>(
      `select id, compared_at is not null as "isCompared" from running_config where gateway_id = $1
       order by last_read_at desc, id desc limit 1`,
      [gatewayId],
    );
    return rows[0] ?? null;
  }

  /**
   * Configurations that were not compared since they were read, with the confirmed job that they are held against: that
   * during which they were read, where it is their proof, otherwise the newest before them; null: there is none. What an
   * open job read as its proof waits for its end.
   */
  async uncompared(
    sql: Sql,
    limit: number,
  ): Promise<{ id: string; operatorId: string; confirmedJobId: string | null }[]> {
    const { rows } = await sql.query<{ id: string; operatorId: string; confirmedJobId: string | null }>(
      `select r.id, r.operator_id as "operatorId", case when r.moment = 'after' then case when own.state = 'confirmed' then own.id end
         else (select j.id from config_job j where j.gateway_id = r.gateway_id and j.purpose = 'apply' and j.state = 'confirmed'
         and j.since < r.last_read_at order by j.since desc limit 1) end as "confirmedJobId"
       from running_config r join config_job own on own.id = r.job_id
       where r.compared_at is null and not (r.moment = 'after' and ${isOpenJob('own')})
       order by r.last_read_at limit $1`,
      [limit],
    );
    return rows;
  }

  async compared(sql: Sql, id: string, at: Date): Promise<void> {
    await sql.query('update running_config set compared_at = $2 where id = $1', [id, at]);
  }
}

const toSummary = ({ firstReadAt, lastReadAt, ...row }: RunningRow): RunningConfigSummary => ({
  ...row,
  firstReadAt: firstReadAt.toISOString(),
  lastReadAt: lastReadAt.toISOString(),
});
