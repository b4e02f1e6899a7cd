import { type JobEvent, stepJob } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { JOB_STATE_COLUMNS, type JobStateRow, saveJobState, toJobState } from './job-row.ts';

/**
 * Takes one step with each of the jobs that wait; returns the agents that must be sent what stands now. `where` is about job
 * `j`, with `values` from `$1` on.
 */
export async function stepJobs(
  sql: Sql,
  where: string,
  values: readonly unknown[],
  event: JobEvent,
  now: number,
): Promise<string[]> {
  const { rows } = await sql.query<JobStateRow & { id: string; agentId: string }>(
    `select j.id, g.agent_id as "agentId", ${JOB_STATE_COLUMNS} from config_job j join gateway g on g.id = j.gateway_id
     where ${where} and j.state = 'waiting' for update of j`,
    [...values],
  );
  const agentIds: string[] = [];
  for (const row of rows) {
    const before = toJobState(row);
    const { job, send } = stepJob(before, event, now);
    if (job !== before) await saveJobState(sql, row.id, job);
    if (send) agentIds.push(row.agentId);
  }
  return agentIds;
}

/** Ends the jobs that wait here, and asks the agents of what was sent to give it up; returns those agents. */
export const withdrawJobs = (
  sql: Sql,
  where: string,
  value: unknown,
  reason: 'withdrawn' | 'superseded',
  now: number,
): Promise<string[]> => stepJobs(sql, where, [value], { kind: 'withdraw', reason }, now);
