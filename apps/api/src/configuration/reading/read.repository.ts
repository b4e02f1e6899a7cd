import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ConfigGateway, ConfigRead } from '@loopstart/contracts';
import type { OpenRead, ReadableGateway, ReadCause } from '@loopstart/domain';
import { isOpenJob, sealPayload } from '../../agents/config-jobs/index.ts';
import type { Sql } from '../../core/db/database.ts';
import { fields, type RowOf } from '../../core/db/fields.ts';
import { Secrets } from '../../core/secret/secrets.ts';
import { reasonSentence } from '../deployments/index.ts';
import { GATEWAY_VIEW, joinGateway } from '../entries/index.ts';

const READ = fields('ConfigJob', 'j', ['id', 'state', 'since', 'reason', 'detail']);
const COLUMNS = `${READ}, j.read_cause as cause, j.released_at as "issuedAt", ${GATEWAY_VIEW} as gateway`;
const FROM = `config_job j ${joinGateway('j')}`;
type ReadRow = RowOf<typeof READ> & { cause: ReadCause; issuedAt: Date; gateway: ConfigGateway };

const IS_OPEN = isOpenJob('j');
/** How long readings are kept that brought no configuration. */
const KEPT_MS = 30 * 86_400_000;
/** Notified changes that are older are found by the daily reading. */
const EVENTS_MS = 86_400_000;
const NOTHING = { changes: [], mustRegister: [], emergency: [], sipServer: null, sealedKeys: [] };

/** A reading to be stored. */
export interface NewRead {
  gatewayId: string;
  cause: ReadCause;
  readFor: Date;
  at: Date;
  expiresAt: Date;
}

/** Jobs that read running configurations. */
@Injectable()
export class ReadRepository {
  constructor(private readonly secrets: Secrets) {}

  async list(
    sql: Sql,
    operatorId: string,
    filter: {
      states: readonly string[] | null;
      gatewayId: string | null;
      after: (string | number)[] | null;
      limit: number;
    },
  ): Promise<{ rows: ConfigRead[]; total: number }> {
    const match = `j.operator_id = $1 and j.purpose = 'read' and ($2::text[] is null or j.state = any ($2)) and ($3::uuid is null or j.gateway_id = $3)`;
    const values = [operatorId, filter.states, filter.gatewayId];
    const { rows } = await sql.query<ReadRow>(
      `select ${COLUMNS} from ${FROM} where ${match} and ($4::timestamptz is null or (j.released_at, j.id) < ($4, $5::uuid))
       order by j.released_at desc, j.id desc limit $6`,
      [...values, filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.limit],
    );
    const count = await sql.query<{ total: number }>(
      `select count(*)::int as total from config_job j where ${match}`,
      values,
    );
    return { rows: rows.map(toRead), total: count.rows[0]!.total };
  }

  /** The reading of a gateway that has not ended; null: there is none. */
  async open(sql: Sql, gatewayId: string): Promise<ConfigRead | null> {
    const { rows } = await sql.query<ReadRow>(
      `select ${COLUMNS} from ${FROM} where j.gateway_id = $1 and j.purpose = 'read' and ${IS_OPEN}`,
      [gatewayId],
    );
    return rows[0] === undefined ? null : toRead(rows[0]);
  }

  /** Gateways in service whose configuration is managed: with a confirmed configuration, or a login for it. */
  async managed(sql: Sql, operatorId: string, now: number): Promise<ReadableGateway[]> {
    const { rows } = await sql.query<
      Pick<ReadableGateway, 'gatewayId' | 'agentId' | 'hasOpenJob'> &
        Record<'lastReadAt' | 'lastIssuedAt' | 'changedAt', Date | null>
    >(
      `select g.id as "gatewayId", g.agent_id as "agentId",
         (select max(r.last_read_at) from running_config r where r.gateway_id = g.id) as "lastReadAt",
         (select max(j.released_at) from config_job j where j.gateway_id = g.id and j.purpose = 'read') as "lastIssuedAt",
         (select max(e.at) from gateway_event e where e.gateway_id = g.id and e.kind = 'config-changed' and e.at between $2 and $3) as "changedAt",
         exists (select from config_job j where j.gateway_id = g.id and ${IS_OPEN}) as "hasOpenJob"
       from gateway g where g.operator_id = $1 and g.retired_at is null and (exists (select from config_access c where c.gateway_id = g.id)
         or exists (select from config_job j where j.gateway_id = g.id and j.purpose = 'apply' and j.state = 'confirmed'))`,
      [operatorId, new Date(now - EVENTS_MS), new Date(now)],
    );
    const ms = (at: Date | null) => at?.getTime() ?? null;
    return rows.map(({ lastReadAt, lastIssuedAt, changedAt, ...row }) => ({
      ...row,
      lastReadAt: ms(lastReadAt),
      lastIssuedAt: ms(lastIssuedAt),
      changedAt: ms(changedAt),
    }));
  }

  async underWay(sql: Sql, operatorId: string): Promise<OpenRead[]> {
    const { rows } = await sql.query<{ agentId: string; state: string; releasedAt: Date; reportedAt: Date | null }>(
      `select g.agent_id as "agentId", j.state, j.released_at as "releasedAt", j.reported_at as "reportedAt"
       from config_job j join gateway g on g.id = j.gateway_id where j.operator_id = $1 and j.purpose = 'read' and ${IS_OPEN}`,
      [operatorId],
    );
    return rows.map(({ releasedAt, reportedAt, ...row }) => ({
      ...row,
      releasedAt: releasedAt.getTime(),
      reportedAt: reportedAt?.getTime() ?? null,
    }));
  }

  /** Issues a reading; false where the gateway has a job, or was read for the same reason already. */
  async insert(sql: Sql, operatorId: string, read: NewRead): Promise<boolean> {
    const id = randomUUID();
    const payload = await sealPayload(this.secrets, operatorId, id, NOTHING);
    const { rowCount } = await sql.query(
      `insert into config_job (id, operator_id, gateway_id, ordinal, revision, payload, life_safety_confirmed, state, since, reason, holds, released_at,
         expires_at, purpose, read_cause, read_for)
       select $1, $2, $3, 0, coalesce((select max(number) from config_revision where operator_id = $2), 0), $4, false, 'waiting', $5, 'sent', 'before', $5,
         $6, 'read', $7, $8
       where not exists (select from config_job j where j.gateway_id = $3 and ${IS_OPEN}) on conflict do nothing`,
      [id, operatorId, read.gatewayId, payload, read.at, read.expiresAt, read.cause, read.readFor],
    );
    return rowCount === 1;
  }

  /** Removes old readings whose configuration is not kept. */
  async prune(sql: Sql, operatorId: string, now: number): Promise<void> {
    await sql.query(
      `delete from config_job j where j.operator_id = $1 and j.purpose = 'read' and not ${IS_OPEN} and j.since < $2
         and not exists (select from running_config r where r.job_id = j.id)`,
      [operatorId, new Date(now - KEPT_MS)],
    );
  }
}

function toRead({ since, issuedAt, reason, detail, ...row }: ReadRow): ConfigRead {
  return {
    ...row,
    issuedAt: issuedAt.toISOString(),
    since: since.toISOString(),
    reasonCode: reason,
    reason: detail ?? reasonSentence(reason),
  };
}
