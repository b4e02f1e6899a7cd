import { APPLY_ENDS, APPLY_STATES, type ConfigJob } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { fields, type RowOf } from '../../core/db/fields.ts';

const JOB = fields('ConfigJob', 'j', [
  'purpose',
  'state',
  'since',
  'reason',
  'detail',
  'holds',
  'verdict',
  'releasedAt',
  'reportedAt',
  'withdrawnAt',
  'expiresAt',
  'windowUntil',
  'knownWindow',
]);
/** SQL: the job of this alias has not ended. */
export const isOpenJob = (alias: string): string =>
  `${alias}.state in (${APPLY_STATES.filter((state) => !APPLY_ENDS.has(state))
    .map((state) => `'${state}'`)
    .join(', ')})`;
/** The columns of a job `j` that its steps depend on. */
export const JOB_STATE_COLUMNS: string = JOB;
export type JobStateRow = RowOf<typeof JOB>;

export function toJobState(row: JobStateRow): ConfigJob {
  return {
    reads: row.purpose === 'read',
    state: row.state,
    since: row.since.getTime(),
    reason: row.reason,
    detail: row.detail,
    holds: row.holds,
    verdict: row.verdict,
    releasedAt: row.releasedAt?.getTime() ?? null,
    reportedAt: row.reportedAt?.getTime() ?? null,
    withdrawnAt: row.withdrawnAt?.getTime() ?? null,
    expiresAt: row.expiresAt.getTime(),
    windowUntil: row.windowUntil?.getTime() ?? null,
    knownWindow: row.knownWindow?.getTime() ?? null,
  };
}

/** Stores the state of a job after a step. */
export async function saveJobState(sql: Sql, id: string, job: ConfigJob): Promise<void> {
  const date = (ms: number | null) => (ms === null ? null : new Date(ms));
  await sql.query(
    `update config_job set state = $2, since = $3, reason = $4, detail = $5, holds = $6, verdict = $7, released_at = $8, reported_at = $9,
       withdrawn_at = $10, expires_at = $11, window_until = $12, known_window = $13 where id = $1`,
    [
      id,
      job.state,
      date(job.since),
      job.reason,
      job.detail,
      job.holds,
      job.verdict,
      date(job.releasedAt),
      date(job.reportedAt),
      date(job.withdrawnAt),
      date(job.expiresAt),
      date(job.windowUntil),
      date(job.knownWindow),
    ],
  );
}
