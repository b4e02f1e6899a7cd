import { Injectable } from '@nestjs/common';
import type { ConfigDeployment } from '@loopstart/contracts';
import { CONFIG_GATEWAY_STATES, type DeploymentMode, type DeploymentState } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { fields, type RowOf } from '../../core/db/fields.ts';

const DEPLOYMENT = fields('ConfigDeployment', 'd', [
  'id',
  'revision',
  'mode',
  'state',
  'stateReason',
  'stopOnFailure',
  'acceptsReadBack',
  'reason',
  'startedByName',
  'startedAt',
  'expiresAt',
  'gateways',
]);
/** SQL: the state of job `j` as it is shown. A gateway that was confirmed, and then changed elsewhere, has drifted. */
export const SHOWN_STATE = `case when j.state = 'confirmed' and exists (select from config_drift f where f.job_id = j.id and f.state in ('open', 'ignored'))
  then 'drifted' else j.state end`;
const COLUMNS = `${DEPLOYMENT}, coalesce((select json_object_agg(c.state, c.n) from (select ${SHOWN_STATE} as state, count(*)::int as n from config_job j
  where j.deployment_id = d.id group by 1) c), '{}') as "byState"`;
/** SQL: a deployment is there for who sees one of its gateways. */
const IS_SEEN = 'exists (select from config_job j where j.deployment_id = d.id)';
type DeploymentRow = RowOf<typeof DEPLOYMENT> & { byState: Record<string, number> };

/** Deployments of an operator. */
@Injectable()
export class DeploymentRepository {
  async list(
    sql: Sql,
    operatorId: string,
    { state, after, limit }: { state: string | null; after: (string | number)[] | null; limit: number },
  ): Promise<{ rows: ConfigDeployment[]; total: number }> {
    const match = `d.operator_id = $1 and ($2::text is null or d.state = $2) and ${IS_SEEN}`;
    const { rows } = await sql.query<DeploymentRow>(
      `select ${COLUMNS} from config_deployment d where ${match} and ($3::timestamptz is null or (d.started_at, d.id) < ($3, $4::uuid))
       order by d.started_at desc, d.id desc limit $5`,
      [operatorId, state, after?.[0] ?? null, after?.[1] ?? null, limit],
    );
    const count = await sql.query<{ total: number }>(
      `select count(*)::int as total from config_deployment d where ${match}`,
      [operatorId, state],
    );
    return { rows: rows.map(toDeployment), total: count.rows[0]!.total };
  }

  async one(sql: Sql, operatorId: string, id: string): Promise<ConfigDeployment | null> {
    const { rows } = await sql.query<DeploymentRow>(
      `select ${COLUMNS} from config_deployment d where d.operator_id = $1 and d.id = $2 and ${IS_SEEN}`,
      [operatorId, id],
    );
    return rows[0] === undefined ? null : toDeployment(rows[0]);
  }

  async insert(
    sql: Sql,
    operatorId: string,
    data: {
      revision: number;
      mode: DeploymentMode;
      stopOnFailure: boolean;
      acceptsReadBack: boolean;
      reason: string;
      by: string;
      at: Date;
      expiresAt: Date;
      gateways: number;
    },
  ): Promise<string> {
    const { rows } = await sql.query<{ id: string }>(
      `insert into config_deployment (operator_id, revision, mode, stop_on_failure, reason, started_by_name, started_at, expires_at, gateways, accepts_read_back)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
      [
        operatorId,
        data.revision,
        data.mode,
        data.stopOnFailure,
        data.reason,
        data.by,
        data.at,
        data.expiresAt,
        data.gateways,
        data.acceptsReadBack,
      ],
    );
    return rows[0]!.id;
  }

  async move(sql: Sql, id: string, state: DeploymentState, reason: string | null): Promise<void> {
    await sql.query('update config_deployment set state = $2, state_reason = $3 where id = $1', [id, state, reason]);
  }
}

function toDeployment({ byState, startedByName, startedAt, expiresAt, ...row }: DeploymentRow): ConfigDeployment {
  return {
    ...row,
    startedBy: startedByName,
    startedAt: startedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    gatewaysByState: CONFIG_GATEWAY_STATES.flatMap((state) => {
      const gateways = byState[state];
      return gateways === undefined ? [] : [{ state, gateways }];
    }),
  };
}
