import { Injectable } from '@nestjs/common';
import type { ScheduleInput } from '@loopstart/contracts';
import type { OnCallSchedule } from '@loopstart/domain';
import type { Sql } from '../../../core/db/database.ts';

/** A schedule with its overrides, as stored. */
export interface StoredSchedule extends OnCallSchedule {
  id: string;
  name: string;
  layers: ScheduleInput['layers'];
  overrides: { id: string; userId: string; from: number; to: number }[];
}

const SELECT = `select s.id, s.name, s.time_zone as "timeZone", s.layers, (
    select coalesce(json_agg(json_build_object('id', o.id, 'userId', o.user_id,
      'from', (extract(epoch from o.starts_at) * 1000)::bigint, 'to', (extract(epoch from o.ends_at) * 1000)::bigint) order by o.starts_at, o.id), '[]')
    from schedule_override o where o.schedule_id = s.id and o.ends_at > $2) as overrides
  from schedule s where s.operator_id = $1`;

/** On-call schedules of an operator. */
@Injectable()
export class ScheduleRepository {
  /** All schedules in order of name, with the overrides that are not over at `since`. */
  async all(sql: Sql, operatorId: string, since: Date): Promise<StoredSchedule[]> {
    const { rows } = await sql.query<StoredSchedule>(`${SELECT} order by lower(s.name), s.id`, [operatorId, since]);
    return rows;
  }

  async one(sql: Sql, operatorId: string, id: string, since: Date): Promise<StoredSchedule | null> {
    const { rows } = await sql.query<StoredSchedule>(`${SELECT} and s.id = $3`, [operatorId, since, id]);
    return rows[0] ?? null;
  }

  async insert(sql: Sql, operatorId: string, input: ScheduleInput, at: Date): Promise<string> {
    const { rows } = await sql.query<{ id: string }>(
      `insert into schedule (operator_id, name, time_zone, layers, updated_at) values ($1, $2, $3, $4, $5) returning id`,
      [operatorId, input.name, input.timeZone, JSON.stringify(input.layers), at],
    );
    return rows[0]!.id;
  }

  /** False where there is none. */
  async update(sql: Sql, operatorId: string, id: string, input: ScheduleInput, at: Date): Promise<boolean> {
    const { rowCount } = await sql.query(
      `update schedule set name = $3, time_zone = $4, layers = $5, updated_at = $6 where operator_id = $1 and id = $2`,
      [operatorId, id, input.name, input.timeZone, JSON.stringify(input.layers), at],
    );
    return rowCount === 1;
  }

  async remove(sql: Sql, operatorId: string, id: string): Promise<void> {
    await sql.query('delete from schedule where operator_id = $1 and id = $2', [operatorId, id]);
  }

  async insertOverride(
    sql: Sql,
    operatorId: string,
    scheduleId: string,
    override: { userId: string; startsAt: Date; endsAt: Date },
  ): Promise<string> {
    const { rows } = await sql.query<{ id: string }>(
      `insert into schedule_override (operator_id, schedule_id, user_id, starts_at, ends_at) values ($1, $2, $3, $4, $5) returning id`,
      [operatorId, scheduleId, override.userId, override.startsAt, override.endsAt],
    );
    return rows[0]!.id;
  }

  /** False where there is none. */
  async removeOverride(sql: Sql, operatorId: string, scheduleId: string, id: string): Promise<boolean> {
    const { rowCount } = await sql.query(
      'delete from schedule_override where operator_id = $1 and schedule_id = $2 and id = $3',
      [operatorId, scheduleId, id],
    );
    return rowCount === 1;
  }

  /** Names of policies that notify the schedule's person on call. */
  async usedBy(sql: Sql, operatorId: string, id: string): Promise<string[]> {
    const { rows } = await sql.query<{ name: string }>(
      `select name from policy where operator_id = $1 and (jsonb_path_exists(steps, '$[*].targets[*] ? (@.scheduleId == $id)', $2)
         or jsonb_path_exists(digest, '$.targets[*] ? (@.scheduleId == $id)', $2)) order by ordinal`,
      [operatorId, JSON.stringify({ id })],
    );
    return rows.map(({ name }) => name);
  }

  /** People of the operator by id. */
  async people(sql: Sql, operatorId: string): Promise<Map<string, string>> {
    const { rows } = await sql.query<{ id: string; name: string }>(
      'select id, name from person where operator_id = $1 and removed_at is null',
      [operatorId],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}
