import { Injectable } from '@nestjs/common';
import type { RunbookRun } from '@loopstart/contracts';
import type { Conclusion, EvidenceItem, Symptom } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { fields, type RowOf } from '../../core/db/fields.ts';
import { gatewayName } from '../../core/fleet/gateway-name.ts';

const RUN = fields('RunbookRun', 'r', [
  'id',
  'gatewayId',
  'position',
  'incidentId',
  'symptom',
  'state',
  'startedAt',
  'finishedAt',
  'startedByName',
  'actionId',
  'lineTest',
  'evidence',
  'conclusion',
]);
const COLUMNS = `${RUN}, ${gatewayName('g')} as "gatewayName"`;

export interface RunRow extends RowOf<typeof RUN> {
  gatewayName: string;
}

export interface RunFilter {
  id?: string;
  idempotencyKey?: string;
  gatewayId?: string | undefined;
  position?: number | undefined;
  incidentId?: string | undefined;
  after: (string | number)[] | null;
  limit: number;
}

/** Runs of runbooks. */
@Injectable()
export class RunbookRepository {
  /** Whether the incident is about the gateway, or about no gateway in particular. */
  async isAbout(sql: Sql, incidentId: string, gatewayId: string): Promise<boolean> {
    const { rowCount } = await sql.query(
      'select 1 from incident where id = $1 and (gateway_id is null or gateway_id = $2)',
      [incidentId, gatewayId],
    );
    return rowCount === 1;
  }

  /** Begins a run; null where the key was used before. */
  async begin(
    sql: Sql,
    run: {
      operatorId: string;
      gatewayId: string;
      position: number;
      incidentId: string | null;
      symptom: Symptom;
      now: Date;
      by: string;
      idempotencyKey: string;
      evidence: EvidenceItem[];
    },
  ): Promise<string | null> {
    const { rows } = await sql.query<{ id: string }>(
      `insert into runbook_run (operator_id, gateway_id, "position", incident_id, symptom, state, started_at, started_by_name, line_test, evidence, idempotency_key)
       values ($1, $2, $3, $4, $5, 'gathering', $6, $7, '{"state":"running","reason":null,"actionId":null}', $8, $9)
       on conflict (operator_id, idempotency_key) do nothing returning id`,
      [
        run.operatorId,
        run.gatewayId,
        run.position,
        run.incidentId,
        run.symptom,
        run.now,
        run.by,
        JSON.stringify(run.evidence),
        run.idempotencyKey,
      ],
    );
    return rows[0]?.id ?? null;
  }

  async attach(sql: Sql, id: string, actionId: string): Promise<void> {
    await sql.query(
      `update runbook_run set action_id = $2::uuid, line_test = jsonb_build_object('state', 'running', 'reason', null, 'actionId', $2::uuid::text) where id = $1 and state = 'gathering'`,
      [id, actionId],
    );
  }

  /** Ends a run once; false where it was ended already. */
  async finish(
    sql: Sql,
    id: string,
    end: { now: Date; lineTest: RunbookRun['lineTest']; evidence: EvidenceItem[]; conclusion: Conclusion },
  ): Promise<boolean> {
    const { rowCount } = await sql.query(
      `update runbook_run set state = 'done', finished_at = $2, line_test = $3, evidence = $4, conclusion = $5 where id = $1 and state = 'gathering'`,
      [id, end.now, JSON.stringify(end.lineTest), JSON.stringify(end.evidence), JSON.stringify(end.conclusion)],
    );
    return rowCount === 1;
  }

  /** Up to `limit` runs, newest first. */
  async list(sql: Sql, filter: RunFilter): Promise<{ rows: RunRow[]; total: number }> {
    const match = `($1::uuid is null or r.id = $1) and ($2::uuid is null or r.idempotency_key = $2) and ($3::uuid is null or r.gateway_id = $3)
      and ($4::int is null or r."position" = $4) and ($5::uuid is null or r.incident_id = $5)`;
    const values = [
      filter.id ?? null,
      filter.idempotencyKey ?? null,
      filter.gatewayId ?? null,
      filter.position ?? null,
      filter.incidentId ?? null,
    ];
    const { rows } = await sql.query<RunRow>(
      `select ${COLUMNS} from runbook_run r join gateway g on g.id = r.gateway_id
       where ${match} and ($6::timestamptz is null or (r.started_at, r.id) < ($6, $7::uuid)) order by r.started_at desc, r.id desc limit $8`,
      [...values, filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.limit],
    );
    const count = await sql.query<{ total: number }>(
      `select count(*)::int as total from runbook_run r where ${match}`,
      values,
    );
    return { rows, total: count.rows[0]?.total ?? 0 };
  }

  /** Notes a finished run in the timeline of its incident. */
  async noteInIncident(sql: Sql, operatorId: string, run: RunRow, text: string, now: Date): Promise<void> {
    await sql.query(
      `insert into incident_entry (operator_id, incident_id, at, kind, by_name, text, data) values ($1, $2, $3, 'runbook', $4, $5, $6)`,
      [
        operatorId,
        run.incidentId,
        now,
        run.startedByName,
        text,
        JSON.stringify({ runId: run.id, symptom: run.symptom }),
      ],
    );
  }
}
