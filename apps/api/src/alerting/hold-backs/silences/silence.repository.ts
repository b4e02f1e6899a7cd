import { Injectable } from '@nestjs/common';
import type { Silence } from '@loopstart/contracts';
import type { Silenceable, SilenceMatcher } from '@loopstart/domain';
import type { Sql } from '../../../core/db/database.ts';
import { fields, type RowOf } from '../../../core/db/fields.ts';
import { gatewayName } from '../../../core/fleet/gateway-name.ts';
import { silenceState } from './silence-state.ts';

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

const SILENCE = fields('Silence', 's', ['id', 'matcher', 'reason', 'startsAt', 'endsAt', 'endedAt', 'createdByName']);
const COLUMNS = `${SILENCE}, array[
    (select name from customer where id = (s.matcher ->> 'customerId')::uuid),
    (select name from site where id = (s.matcher ->> 'siteId')::uuid),
    (select ${gatewayName('g')} from gateway g where g.id = (s.matcher ->> 'gatewayId')::uuid)
  ] as "placeNames"`;
type SilenceRow = RowOf<typeof SILENCE> & { placeNames: (string | null)[] };
/** Silences of an operator. */
@Injectable()
export class SilenceRepository {
  /** Silences in force at `now`. */
  async active(sql: Sql, operatorId: string, now: number): Promise<StoredSilence[]> {
    const { rows } = await sql.query<SilenceRow>(
      `select ${COLUMNS} from silence s where s.operator_id = $1 and s.ends_at > $2 and ${silenceState('s', '$2')} = 'active' order by s.starts_at, s.id`,
      [operatorId, new Date(now)],
    );
    return rows.map(toSilence);
  }

  /** These silences, in this order. */
  async all(sql: Sql, operatorId: string, ids: readonly string[]): Promise<StoredSilence[]> {
    const { rows } = await sql.query<SilenceRow>(
      `select ${COLUMNS} from silence s where s.operator_id = $1 and s.id = any ($2::uuid[]) order by array_position($2::uuid[], s.id)`,
      [operatorId, ids],
    );
    return rows.map(toSilence);
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
