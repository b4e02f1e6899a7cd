import { Injectable } from '@nestjs/common';
import type { Alert, Place } from '@loopstart/contracts';
import { CONDITIONS, type ConditionKind, type Hold } from '@loopstart/domain';
import { gatewayName } from '../../../core/fleet/gateway-name.ts';
import { placeJoins, placeOf } from '../../../core/fleet/place.sql.ts';
import { evidenceView } from '../../incidents/index.ts';
import { Database, type Sql } from '../../../core/db/database.ts';
import { fields, type RowOf } from '../../../core/db/fields.ts';
import type { Scope } from '../../../core/db/scope.ts';
import { lineageOf, linesOf } from '../../../core/fleet/lineage.ts';

export interface AlertFilter {
  state: 'open' | 'resolved' | 'all';
  search: string | null;
  kind?: readonly string[] | undefined;
  severity?: readonly string[] | undefined;
  customerId?: string | undefined;
  siteId?: string | undefined;
  gatewayId?: string | undefined;
  position?: number | undefined;
  held?: 'yes' | 'no' | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

interface Slice {
  after: (string | number)[] | null;
  limit: number;
}

const ALERT = fields('Alert', 'a', [
  'id',
  'kind',
  'subjectType',
  'subjectId',
  'severity',
  'state',
  'since',
  'openedAt',
  'resolvedAt',
  'resolution',
  'hold',
  'stale',
  'flapping',
  'evidence',
  'incidentId',
]);
type Row = RowOf<typeof ALERT> & {
  place: Place;
  holdBy: { id: string; title: string | null; kind: ConditionKind | null } | null;
};

const COLUMNS = `${ALERT}, ${placeOf('a')} as place,
  case a.hold->>'reason'
    when 'suppressed' then (select json_build_object('id', r.id, 'kind', r.kind) from alert r where r.operator_id = a.operator_id and r.key = a.hold->>'by' and r.state = 'open')
    when 'told' then (select json_build_object('id', r.id, 'kind', r.kind) from alert r where r.operator_id = a.operator_id and r.key = a.hold->>'by' and r.opened_at > a.opened_at - interval '7 days' order by r.opened_at desc limit 1)
    when 'maintenance' then (select json_build_object('id', w.id, 'title', w.title) from maintenance_window w where w.id = (a.hold->>'windowId')::uuid)
  end as "holdBy"`;

/** Reads alerts, also held ones. */
@Injectable()
export class AlertQueries {
  constructor(private readonly db: Database) {}

  /** The same as `list`, in a transaction of its own. */
  page(scope: Scope, ...asked: [AlertFilter, Slice]): Promise<{ rows: Alert[]; total: number }> {
    return this.db.tx(scope, (sql) => this.list(sql, ...asked));
  }

  async list(sql: Sql, filter: AlertFilter, page: Slice): Promise<{ rows: Alert[]; total: number }> {
    const where = `($1 = 'all' or a.state = $1)
      and ($2::text is null or ps.name ilike $2 or pk.name ilike $2 or pa.hostname ilike $2 or ${gatewayName('pg')} ilike $2 or pg.sys_name ilike $2 or pp.label ilike $2
        or coalesce(pp.number, pp.reported_number) ilike $2 or a.evidence->>'text' ilike $2 or a.kind ilike $2)
      and ($3::text[] is null or a.kind = any ($3)) and ($4::text[] is null or a.severity = any ($4))
      and ($5::uuid is null or pk.id = $5) and ($6::uuid is null or a.site_id = $6) and ($7::uuid is null or a.gateway_id = ${lineageOf('$7')})
      and ($8::int is null or case when $7::uuid is null then a."position" = $8 else (a.gateway_id, a."position") in ${linesOf('$7', '$8')} end) and ($9::text is null or ($9 = 'yes') = (a.hold is not null))
      and ($10::timestamptz is null or a.opened_at >= $10) and ($11::timestamptz is null or a.opened_at < $11)`;
    const values = [
      filter.state,
      filter.search,
      filter.kind ?? null,
      filter.severity ?? null,
      filter.customerId ?? null,
      filter.siteId ?? null,
      filter.gatewayId ?? null,
      filter.position ?? null,
      filter.held ?? null,
      filter.from ?? null,
      filter.to ?? null,
    ];
    const total = await sql.query<{ count: number }>(
      `select count(*)::int as count from alert a ${placeJoins('a')} where ${where}`,
      values,
    );
    const { rows } = await sql.query<Row>(
      `select ${COLUMNS} from alert a ${placeJoins('a')} where ${where}
         and ($12::timestamptz is null or (a.opened_at, a.id) < ($12, $13::uuid))
       order by a.opened_at desc, a.id desc limit $14`,
      [...values, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit],
    );
    return { rows: rows.map(toAlert), total: total.rows[0]!.count };
  }

  /** The alerts that an incident explains besides its root: open ones first. */
  async explained(
    sql: Sql,
    incidentId: string,
    rootAlertId: string,
    limit: number,
  ): Promise<{ rows: Alert[]; total: number }> {
    const total = await sql.query<{ count: number }>(
      'select count(*)::int as count from alert where incident_id = $1 and id <> $2',
      [incidentId, rootAlertId],
    );
    const { rows } = await sql.query<Row>(
      `select ${COLUMNS} from alert a ${placeJoins('a')} where a.incident_id = $1 and a.id <> $2 order by a.state, a.opened_at, a.id limit $3`,
      [incidentId, rootAlertId, limit],
    );
    return { rows: rows.map(toAlert), total: total.rows[0]!.count };
  }
}

function toAlert(row: Row): Alert {
  return {
    id: row.id,
    kind: row.kind,
    title: CONDITIONS[row.kind].title,
    subject: { type: row.subjectType, id: row.subjectId },
    place: row.place,
    severity: row.severity,
    state: row.state,
    since: row.since.toISOString(),
    flapping: row.flapping,
    stale: row.stale,
    openedAt: row.openedAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    resolution: row.resolution,
    evidence: evidenceView(row.kind, row.evidence, row.place),
    hold: row.hold === null ? null : holdView(row.hold, row.holdBy),
    incidentId: row.incidentId,
  };
}

function holdView(hold: Hold, by: Row['holdBy']): NonNullable<Alert['hold']> {
  const until = 'until' in hold ? new Date(hold.until).toISOString() : null;
  if (by === null) return { reason: hold.reason, until, by: null };
  const title = by.title ?? (by.kind == null ? '' : CONDITIONS[by.kind].title);
  return { reason: hold.reason, until, by: { id: by.id, title } };
}
