import { Injectable } from '@nestjs/common';
import type { Alert, Place } from '@loopstart/contracts';
import { CONDITIONS, type ConditionKind, type Hold } from '@loopstart/domain';
import { placeJoins, placeOf } from '../../../core/fleet/place.sql.ts';
import { evidenceView } from '../../incidents/index.ts';
import type { Sql } from '../../../core/db/database.ts';
import { fields, type RowOf } from '../../../core/db/fields.ts';

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
]);
type Row = RowOf<typeof ALERT> & {
  incidentId: string | null;
  place: Place;
  holdBy: { id: string; title: string | null; kind: ConditionKind | null } | null;
};

/** Causes are looked up by their rows: who may not see one finds no cause. */
const COLUMNS = `${ALERT}, ${placeOf('a')} as place,
  (select i.id from incident i where i.id = a.incident_id) as "incidentId",
  case a.hold->>'reason'
    when 'suppressed' then (select json_build_object('id', r.id, 'kind', r.kind) from alert r where r.operator_id = a.operator_id and r.key = a.hold->>'by' and r.state = 'open')
    when 'told' then (select json_build_object('id', r.id, 'kind', r.kind) from alert r where r.operator_id = a.operator_id and r.key = a.hold->>'by' and r.opened_at > a.opened_at - interval '7 days' order by r.opened_at desc limit 1)
    when 'maintenance' then (select json_build_object('id', w.id, 'title', w.title) from maintenance_window w where w.id = (a.hold->>'windowId')::uuid)
  end as "holdBy"`;

/** Reads alerts, also held ones. */
@Injectable()
export class AlertQueries {
  /** Alerts in the order of these ids. */
  async find(sql: Sql, ids: readonly string[]): Promise<Alert[]> {
    const { rows } = await sql.query<Row>(
      `select ${COLUMNS} from alert a ${placeJoins('a')} where a.id = any ($1::uuid[]) order by array_position($1::uuid[], a.id)`,
      [ids],
    );
    return rows.map(toAlert);
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
