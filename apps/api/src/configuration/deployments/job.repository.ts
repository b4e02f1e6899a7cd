import { Injectable } from '@nestjs/common';
import type { ConfigGateway, ConfigJob } from '@loopstart/contracts';
import {
  applyReasonText,
  CONFIG_WAIT_REASON_TABLE,
  type ConfigGatewayState,
  type ConfigWaitReason,
} from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { fields, type RowOf } from '../../core/db/fields.ts';
import { GATEWAY_VIEW, joinGateway } from '../entries/index.ts';
import { SHOWN_STATE } from './deployment.repository.ts';

const JOB = fields('ConfigJob', 'j', [
  'id',
  'deploymentId',
  'revision',
  'since',
  'reason',
  'detail',
  'holds',
  'verdict',
  'differences',
  'differencesTotal',
]);
const COLUMNS = `${JOB}, ${SHOWN_STATE} as state, ${GATEWAY_VIEW} as gateway,
  case when d.accepts_read_back then d.started_by_name end as "acceptsReadBackBy"`;
const FROM = `config_job j ${joinGateway('j')}
  join config_deployment d on d.id = j.deployment_id`;
type JobRow = RowOf<typeof JOB> &
  Pick<ConfigJob, 'acceptsReadBackBy'> & { deploymentId: string; state: ConfigGatewayState; gateway: ConfigGateway };

/** A job to be stored. */
export interface JobData {
  id: string;
  gatewayId: string;
  payload: Buffer;
  groupName: string | null;
  peers: readonly string[];
}

/** Gateways of deployments. */
@Injectable()
export class JobRepository {
  async list(
    sql: Sql,
    operatorId: string,
    filter: {
      deploymentId: string | null;
      gatewayId: string | null;
      states: readonly string[] | null;
      after: (string | number)[] | null;
      limit: number;
    },
  ): Promise<{ rows: ConfigJob[]; total: number }> {
    const match = `j.operator_id = $1 and j.purpose = 'apply' and ($2::uuid is null or j.deployment_id = $2) and ($3::uuid is null or j.gateway_id = $3)
      and ($4::text[] is null or ${SHOWN_STATE} = any ($4))`;
    const values = [operatorId, filter.deploymentId, filter.gatewayId, filter.states];
    const { rows } = await sql.query<JobRow>(
      `select ${COLUMNS} from ${FROM} where ${match} and ($5::timestamptz is null or (j.since, j.id) < ($5, $6::uuid))
       order by j.since desc, j.id desc limit $7`,
      [...values, filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.limit],
    );
    const count = await sql.query<{ total: number }>(
      `select count(*)::int as total from config_job j where ${match}`,
      values,
    );
    return { rows: rows.map(toJob), total: count.rows[0]!.total };
  }

  async insert(
    sql: Sql,
    operatorId: string,
    about: {
      deploymentId: string;
      revision: number;
      lifeSafetyConfirmed: boolean;
      overrideReason: string | null;
      at: Date;
      expiresAt: Date;
    },
    jobs: readonly JobData[],
  ): Promise<void> {
    for (const [ordinal, job] of jobs.entries())
      await sql.query(
        `insert into config_job (id, operator_id, deployment_id, gateway_id, ordinal, revision, group_name, peers, payload, life_safety_confirmed,
           override_reason, state, since, holds, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'waiting', $12, 'before', $13)`,
        [
          job.id,
          operatorId,
          about.deploymentId,
          job.gatewayId,
          ordinal,
          about.revision,
          job.groupName,
          job.peers,
          job.payload,
          about.lifeSafetyConfirmed,
          about.overrideReason,
          about.at,
          about.expiresAt,
        ],
      );
  }
}

function toJob({ since, reason, detail, ...row }: JobRow): ConfigJob {
  return { ...row, since: since.toISOString(), reasonCode: reason, reason: detail ?? reasonSentence(reason) };
}

/** Why a job is in its state, in one sentence. */
export function reasonSentence(code: ConfigJob['reasonCode']): string | null {
  if (code === null) return null;
  return applyReasonText(code) ?? CONFIG_WAIT_REASON_TABLE[code as ConfigWaitReason];
}
