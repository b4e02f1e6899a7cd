import { Injectable } from '@nestjs/common';
import type { Recurrence } from '@loopstart/contracts';
import {
  formatLocalDate,
  formatLocalTime,
  dateOf,
  isInMaintenance,
  localOf,
  type MaintenancePlan,
  type MaintenanceWindow,
} from '@loopstart/domain';
import type { Sql } from '../../../core/db/database.ts';
import { fields, type RowOf } from '../../../core/db/fields.ts';
import { gatewayName } from '../../../core/fleet/gateway-name.ts';

/** A window with what a person wrote about it. */
export interface StoredWindow extends MaintenanceWindow {
  recurrence: Recurrence | null;
  title: string;
  reason: string;
  scopeName: string;
  createdBy: string;
  createdAt: number;
}

/** The stored part of a planned or changed window. */
export interface WindowData {
  title: string;
  reason: string;
  scope: MaintenanceWindow['scope'];
  scopeId: string;
  timeZone: string;
  startsAt: Date;
  durationMinutes: number;
  recurrence: Recurrence | null;
}

const WINDOW = fields('MaintenanceWindow', 'w', [
  'id',
  'title',
  'reason',
  'scope',
  'scopeId',
  'timeZone',
  'startsAt',
  'durationMinutes',
  'recurrence',
  'exceptions',
  'endedAt',
  'createdByName',
  'createdAt',
]);
const COLUMNS = `${WINDOW}, coalesce(k.name, s.name, ${gatewayName('g')}) as "scopeName"`;
const FROM = `maintenance_window w left join customer k on w.scope = 'customer' and k.id = w.scope_id
  left join site s on w.scope = 'site' and s.id = w.scope_id left join gateway g on w.scope = 'gateway' and g.id = w.scope_id`;

type WindowRow = RowOf<typeof WINDOW> & { scopeName: string | null };

/** Maintenance windows of an operator. */
@Injectable()
export class MaintenanceRepository {
  /** Windows in force at `now`. */
  async active(sql: Sql, operatorId: string, now: number): Promise<StoredWindow[]> {
    const { rows } = await sql.query<WindowRow>(
      `select ${COLUMNS} from ${FROM} where w.operator_id = $1 and (w.ended_at is null or w.ended_at > $2) and w.starts_at <= $2
         and (w.recurrence is not null or w.starts_at + make_interval(mins => w.duration_minutes) > $2)`,
      [operatorId, new Date(now)],
    );
    return rows.map(toWindow).filter((window) => isInMaintenance(window, now) !== null);
  }

  /** All windows, newest first. */
  async all(sql: Sql, operatorId: string): Promise<StoredWindow[]> {
    const { rows } = await sql.query<WindowRow>(
      `select ${COLUMNS} from ${FROM} where w.operator_id = $1 order by w.created_at desc, w.id`,
      [operatorId],
    );
    return rows.map(toWindow);
  }

  /** One window, locked for a change where asked; null where there is none. */
  async one(sql: Sql, operatorId: string, id: string, lock = false): Promise<StoredWindow | null> {
    const { rows } = await sql.query<WindowRow>(
      `select ${COLUMNS} from ${FROM} where w.operator_id = $1 and w.id = $2 ${lock ? 'for update of w' : ''}`,
      [operatorId, id],
    );
    return rows[0] === undefined ? null : toWindow(rows[0]);
  }

  /** Whether the customer, site or gateway is the operator's. */
  async scopeExists(sql: Sql, scope: MaintenanceWindow['scope'], id: string): Promise<boolean> {
    const { rowCount } = await sql.query(`select from ${scope} where id = $1`, [id]);
    return rowCount === 1;
  }

  async insert(sql: Sql, operatorId: string, data: WindowData, by: { name: string; at: Date }): Promise<string> {
    const { rows } = await sql.query<{ id: string }>(
      `insert into maintenance_window (operator_id, title, reason, scope, scope_id, time_zone, starts_at, duration_minutes, recurrence, created_by_name, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
      [operatorId, ...values(data), by.name, by.at],
    );
    return rows[0]!.id;
  }

  async update(sql: Sql, operatorId: string, id: string, data: WindowData): Promise<void> {
    await sql.query(
      `update maintenance_window set title = $3, reason = $4, scope = $5, scope_id = $6, time_zone = $7, starts_at = $8, duration_minutes = $9, recurrence = $10
       where operator_id = $1 and id = $2`,
      [operatorId, id, ...values(data)],
    );
  }

  /** Ends the window for good. */
  async end(sql: Sql, operatorId: string, id: string, at: Date): Promise<void> {
    await sql.query('update maintenance_window set ended_at = $3 where operator_id = $1 and id = $2', [
      operatorId,
      id,
      at,
    ]);
  }

  async setExceptions(
    sql: Sql,
    operatorId: string,
    id: string,
    exceptions: MaintenancePlan['exceptions'],
  ): Promise<void> {
    const stored = exceptions.map(({ startsAt, endsAt }) => ({
      startsAt: new Date(startsAt).toISOString(),
      endsAt: new Date(endsAt).toISOString(),
    }));
    await sql.query('update maintenance_window set exceptions = $3 where operator_id = $1 and id = $2', [
      operatorId,
      id,
      JSON.stringify(stored),
    ]);
  }
}

function values(data: WindowData): unknown[] {
  const { title, reason, scope, scopeId, timeZone, startsAt, durationMinutes, recurrence } = data;
  const stored = recurrence === null ? null : JSON.stringify(recurrence);
  return [title, reason, scope, scopeId, timeZone, startsAt, durationMinutes, stored];
}

function toWindow({ createdByName, ...row }: WindowRow): StoredWindow {
  const local = localOf(row.startsAt.getTime(), row.timeZone);
  return {
    ...row,
    scopeName: row.scopeName ?? 'gone',
    startsOn: formatLocalDate(dateOf(local.day)),
    startsAt: formatLocalTime(local.minutes),
    exceptions: row.exceptions.map(({ startsAt, endsAt }) => ({
      startsAt: Date.parse(startsAt),
      endsAt: Date.parse(endsAt),
    })),
    endedAt: row.endedAt?.getTime() ?? null,
    createdBy: createdByName,
    createdAt: row.createdAt.getTime(),
  };
}
