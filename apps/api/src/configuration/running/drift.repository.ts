import { Injectable } from '@nestjs/common';
import type { ConfigDriftView, ConfigKeyChange } from '@loopstart/contracts';
import type { ConfigDriftState, GraveKey } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { fields, type RowOf } from '../../core/db/fields.ts';
import { GATEWAY_VIEW, joinGateway } from '../entries/index.ts';

/** Most keys of one drift that are listed. */
const KEYS_MAX = 200;
const DRIFT = fields('ConfigDrift', 'f', [
  'id',
  'foundAt',
  'state',
  'keys',
  'keysTotal',
  'graveKeys',
  'reason',
  'until',
  'decidedByName',
  'decidedAt',
]);
const COLUMNS = `${DRIFT}, ${GATEWAY_VIEW} as gateway,
  case when d.id is not null then json_build_object('id', d.id, 'name', d.name, 'state', d.state) end as draft`;
const FROM = `config_drift f ${joinGateway('f')}
  left join config_draft d on d.id = f.draft_id`;
type DriftRow = RowOf<typeof DRIFT> & Pick<ConfigDriftView, 'gateway' | 'draft'>;

/** Gateways whose configuration was changed elsewhere. */
@Injectable()
export class DriftRepository {
  async list(
    sql: Sql,
    operatorId: string,
    filter: {
      states: readonly string[] | null;
      gatewayId: string | null;
      after: (string | number)[] | null;
      limit: number;
    },
  ): Promise<{ rows: ConfigDriftView[]; total: number }> {
    const match = `f.operator_id = $1 and ($2::text[] is null or f.state = any ($2)) and ($3::uuid is null or f.gateway_id = $3)`;
    const values = [operatorId, filter.states, filter.gatewayId];
    const { rows } = await sql.query<DriftRow>(
      `select ${COLUMNS} from ${FROM} where ${match} and ($4::timestamptz is null or (f.found_at, f.id) < ($4, $5::uuid))
       order by f.found_at desc, f.id desc limit $6`,
      [...values, filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.limit],
    );
    const count = await sql.query<{ total: number }>(
      `select count(*)::int as total from config_drift f where ${match}`,
      values,
    );
    return { rows: rows.map(toDrift), total: count.rows[0]!.total };
  }

  async one(sql: Sql, operatorId: string, id: string): Promise<ConfigDriftView | null> {
    const { rows } = await sql.query<DriftRow>(
      `select ${COLUMNS} from ${FROM} where f.operator_id = $1 and f.id = $2`,
      [operatorId, id],
    );
    return rows[0] === undefined ? null : toDrift(rows[0]);
  }

  async decide(
    sql: Sql,
    id: string,
    data: { state: ConfigDriftState; reason: string; until: Date | null; by: string; at: Date },
  ): Promise<void> {
    await sql.query(
      'update config_drift set state = $2, reason = $3, until = $4, decided_by_name = $5, decided_at = $6 where id = $1',
      [id, data.state, data.reason, data.until, data.by, data.at],
    );
  }

  /** What the gateway has went into this draft. */
  async adopted(sql: Sql, id: string, draftId: string): Promise<void> {
    await sql.query('update config_drift set draft_id = $2 where id = $1', [id, draftId]);
  }

  /** What a reading found, over what stands. No difference ends it; another difference opens one that was ignored. */
  async note(
    sql: Sql,
    at: { operatorId: string; gatewayId: string; jobId: string; now: Date },
    keys: readonly ConfigKeyChange[],
    grave: readonly GraveKey[],
  ): Promise<void> {
    if (keys.length === 0) {
      await sql.query(`update config_drift set state = 'gone' where gateway_id = $1 and state in ('open', 'ignored')`, [
        at.gatewayId,
      ]);
      return;
    }
    await sql.query(
      `insert into config_drift (operator_id, gateway_id, job_id, found_at, keys, keys_total, grave_keys) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (gateway_id) where state in ('open', 'ignored') do update set job_id = excluded.job_id, keys = excluded.keys, keys_total = excluded.keys_total,
         grave_keys = excluded.grave_keys,
         draft_id = case when config_drift.keys = excluded.keys then config_drift.draft_id end,
         state = case when config_drift.keys = excluded.keys then config_drift.state else 'open' end`,
      [
        at.operatorId,
        at.gatewayId,
        at.jobId,
        at.now,
        JSON.stringify(keys.slice(0, KEYS_MAX)),
        keys.length,
        JSON.stringify(grave),
      ],
    );
  }
}

function toDrift({ foundAt, until, decidedByName, decidedAt, ...row }: DriftRow): ConfigDriftView {
  return {
    ...row,
    foundAt: foundAt.toISOString(),
    until: until?.toISOString() ?? null,
    decidedBy: decidedByName,
    decidedAt: decidedAt?.toISOString() ?? null,
  };
}
