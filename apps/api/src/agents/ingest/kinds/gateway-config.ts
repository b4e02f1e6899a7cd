import type { GatewayConfigProgress, LiveEvent } from '@loopstart/contracts';
import { stepJob } from '@loopstart/domain';
import type { Sql } from '../../../core/db/database.ts';
import { JOB_STATE_COLUMNS, type JobStateRow, saveJobState, toJobState } from '../../config-jobs/index.ts';
import type { Received } from '../item.ts';
import type { MessageKindOf } from './message-kind.ts';

/** Progress of configuration jobs. Progress of a job that no agent of this site was sent is quarantined. */
export const gatewayConfig: MessageKindOf<'gateway-config', Received<GatewayConfigProgress>[]> = {
  kind: 'gateway-config',

  open: () => [],

  apply(message, _batch, rows) {
    rows.push(message);
  },

  async write(sql, rows, batch) {
    for (const message of rows) {
      const event = await progress(sql, message);
      const { item, sender, body } = message;
      if (event !== null) batch.publish(sender.operatorId, event);
      else {
        const detail = `job ${body.jobId} was never requested of this agent`;
        batch.reject(item, sender, { code: 'unknown-config-job', detail });
      }
    }
  },
};

/** Stores progress; null where there is no such job. */
async function progress(sql: Sql, { item, body, sender }: Received<GatewayConfigProgress>): Promise<LiveEvent | null> {
  const { rows } = await sql.query<JobStateRow & { deploymentId: string | null }>(
    `select ${JOB_STATE_COLUMNS}, j.deployment_id as "deploymentId" from config_job j join gateway g on g.id = j.gateway_id
     where j.id = $1 and j.gateway_id = $2 and g.site_id = $3 and j.released_at is not null for update of j`,
    [body.jobId, body.gatewayId, sender.siteId],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const { at, state, since, detail, holds, verdict, evidence, windowUntil = null } = body;
  const report = { at, state, since, reason: body.reasonCode, detail, holds, verdict, windowUntil };
  const before = toJobState(row);
  const { job } = stepJob(before, { kind: 'report', report }, item.receivedAtMs);
  if (job !== before) {
    await saveJobState(sql, body.jobId, job);
    await sql.query('update config_job set differences = $2, differences_total = $3 where id = $1', [
      body.jobId,
      JSON.stringify(evidence.differences),
      evidence.differencesTotal,
    ]);
  }
  return { type: 'configuration', deploymentId: row.deploymentId, gatewayId: body.gatewayId, siteId: sender.siteId };
}
