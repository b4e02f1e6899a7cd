import { Injectable } from '@nestjs/common';
import type { Silence } from '@loopstart/contracts';
import type { Silenceable, SilenceMatcher } from '@loopstart/domain';
import type { Sql } from '../../../core/db/database.ts';
import { fields, type RowOf } from '../../../core/db/fields.ts';
import { gatewayName } from '../../../core/fleet/gateway-name.ts';

export interface StoredSilence {
  id: string;
  matcher: Silence['matcher'];
  reason: string;
  startsAt: number;
  endsAt: number;
  endedAt: number | null;
  createdBy: string;
  /** Names of the customer, site and gateway it is about. */
  placeNames: string[];
}

export interface SilenceFilter {
  state: string | null;
  after: (string | number)[] | null;
  limit: number;
}

const SILENCE = fields('Silence', 's', ['id', 'matcher', 'reason', 'startsAt', 'endsAt', 'endedAt', 'createdByName']);
const COLUMNS = `${SILENCE}, array[
    (select name from customer where id = (s.matcher ->> 'customerId')::uuid),
    (select name from site where id = (s.matcher ->> 'siteId')::uuid),
    (select ${gatewayName('g')} from gateway g where g.id = (s.matcher ->> 'gatewayId')::uuid)
  ] as "placeNames"`;
type SilenceRow = RowOf<typeof SILENCE> & { placeNames: (string | null)[] };
/** SQL: state of a silence at `$2`. */
const STATE = `case when least(s.ends_at, s.ended_at) <= $2 then 'over' when s.starts_at > $2 then 'planned' else 'active' end`;

/** Silences of an operator. */
@Injectable()
export class SilenceRepository {
  /** Silences in force at `now`. */
  async active(sql: Sql, operatorId: string, now: number): Promise<StoredSilence[]> {
    const { rows } = await sql.query<SilenceRow>(
      `select ${COLUMNS} from silence s where s.operator_id = $1 and s.ends_at > $2 and ${STATE} = 'active' order by s.starts_at, s.id`,
      [operatorId, new Date(now)],
    );
    return rows.map(toSilence);
  }

  /** Up to `limit` silences, the one that ends last first; `total` counts all that match. */
  async list(
    sql: Sql,
    operatorId: string,
    now: number,
    filter: SilenceFilter,
  ): Promise<{ rows: StoredSilence[]; total: number }> {
    const match = `s.operator_id = $1 and ($3::text is null or ${STATE} = $3)`;
    const { rows } = await sql.query<SilenceRow>(
      `select ${COLUMNS} from silence s where ${match} and ($4::timestamptz is null or (s.ends_at, s.id) < ($4, $5::uuid))
       order by s.ends_at desc, s.id desc limit $6`,
      [operatorId, new Date(now), filter.state, filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.limit],
    );
    const count = await sql.query<{ total: number }>(`select count(*)::int as total from silence s where ${match}`, [
      operatorId,
      new Date(now),
      filter.state,
    ]);
    return { rows: rows.map(toSilence), total: count.rows[0]!.total };
  }

  /** One silence, locked for a change where asked; null where there is none. */
  async one(sql: Sql, operatorId: string, id: string, lock = false): Promise<StoredSilence | null> {
    const { rows } = await sql.query<SilenceRow>(
      `select ${COLUMNS} from silence s where s.operator_id = $1 and s.id = $2 ${lock ? 'for update' : ''}`,
      [operatorId, id],
    );
    return rows[0] === undefined ? null : toSilence(rows[0]);
  }

  async insert(
    sql: Sql,
    operatorId: string,
    data: { matcher: SilenceMatcher; reason: string; startsAt: Date; endsAt: Date; by: string; at: Date },
  ): Promise<string> {
    const { rows } = await sql.query<{ id: string }>(
      `insert into silence (operator_id, matcher, reason, starts_at, ends_at, created_by_name, created_at)
       values ($1, $2, $3, $4, $5, $6, $7) returning id`,
      [operatorId, JSON.stringify(data.matcher), data.reason, data.startsAt, data.endsAt, data.by, data.at],
    );
    return rows[0]!.id;
  }

  async end(sql: Sql, operatorId: string, id: string, at: Date): Promise<void> {
    await sql.query('update silence set ended_at = $3 where operator_id = $1 and id = $2', [operatorId, id, at]);
  }

  /** Open incidents, as a silence is matched with them. */
  async openIncidents(sql: Sql, operatorId: string): Promise<Silenceable[]> {
    const { rows } = await sql.query<Silenceable>(
      `select kind, severity, json_build_object('customerId', customer_id, 'siteId', site_id, 'gatewayId', gateway_id, 'position', "position",
       'lineDeviceClass', line_device_class) as "where" from incident where operator_id = $1 and state = 'open'`,
      [operatorId],
    );
    return rows;
  }

  /** Those that the operator does not have. */
  async missing(
    sql: Sql,
    { customerId, siteId, gatewayId, position }: SilenceMatcher,
  ): Promise<('customerId' | 'siteId' | 'gatewayId' | 'position')[]> {
    const { rows } = await sql.query<{ customerId: boolean; siteId: boolean; gatewayId: boolean; position: boolean }>(
      `select $1::uuid is not null and not exists (select from customer where id = $1) as "customerId",
         $2::uuid is not null and not exists (select from site where id = $2) as "siteId",
         $3::uuid is not null and not exists (select from gateway where id = $3) as "gatewayId",
         $4::int is not null and not exists (select from port where gateway_id = $3 and "position" = $4) as "position"`,
      [customerId ?? null, siteId ?? null, gatewayId ?? null, position ?? null],
    );
    return (['customerId', 'siteId', 'gatewayId', 'position'] as const).filter((name) => rows[0]![name]);
  }
}

function toSilence({ createdByName, ...row }: SilenceRow): StoredSilence {
  return {
    ...row,
    startsAt: row.startsAt.getTime(),
    endsAt: row.endsAt.getTime(),
    endedAt: row.endedAt?.getTime() ?? null,
    createdBy: createdByName,
    placeNames: row.placeNames.filter((name) => name !== null),
  };
}
