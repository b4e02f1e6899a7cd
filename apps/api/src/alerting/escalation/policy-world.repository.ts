import { Injectable } from '@nestjs/common';
import type { EscalationPolicy, Provenance, TellWorld } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { DEFAULT_POLICY } from './default-policy.ts';

/** A policy with where it came from. */
export type StoredPolicy = EscalationPolicy & Provenance;

/** Everything that decides who is notified: the policies of an operator and whom they can name. */
export interface PolicyWorld extends TellWorld {
  policies: StoredPolicy[];
}

/** Creates the operator's default policy on first use. */
const ENSURE_DEFAULT = `insert into policy (operator_id, name, ordinal, is_default, match, steps, repeat, quiet_hours, digest)
  select $1, $2, 0, true, $3, $4, $5, null, $6 where not exists (select from policy where operator_id = $1 and is_default) on conflict do nothing`;

const WORLD = `select
  (select coalesce(json_agg(p order by p.ordinal, p.id), '[]') from (
    select id, name, ordinal, is_default as "isDefault", match, steps, repeat, quiet_hours as "quietHours", digest, locked, library_version as "libraryVersion" from policy where operator_id = $1) p) as policies,
  (select coalesce(json_agg(c order by c.created_at, c.id), '[]') from (
    select id, name, kind, enabled, filters <> '{}' as filtered, created_at from channel where operator_id = $1) c) as channels,
  (select coalesce(json_agg(s order by s.id), '[]') from (
    select id, name, time_zone as "timeZone", layers, (
      select coalesce(json_agg(o order by o."from"), '[]') from (
        select user_id as "userId", (extract(epoch from starts_at) * 1000)::bigint as "from", (extract(epoch from ends_at) * 1000)::bigint as "to"
        from schedule_override where schedule_id = schedule.id and ends_at > $2) o) as overrides
    from schedule where operator_id = $1) s) as schedules,
  (select coalesce(json_agg(u), '[]') from (select id, name, email from person where operator_id = $1 and removed_at is null) u) as users`;

/** Reads it in one round trip. */
@Injectable()
export class PolicyWorldRepository {
  /** Overrides of schedules that are over are left out. */
  async load(sql: Sql, operatorId: string, now: number): Promise<PolicyWorld> {
    const world = await this.#read(sql, operatorId, now);
    if (world.policies.some(({ isDefault }) => isDefault)) return world;
    const { name, match, steps, repeat, digest } = DEFAULT_POLICY;
    const json = [match, steps, repeat, digest].map((value) => JSON.stringify(value));
    await sql.query(ENSURE_DEFAULT, [operatorId, name, ...json]);
    return this.#read(sql, operatorId, now);
  }

  async #read(sql: Sql, operatorId: string, now: number): Promise<PolicyWorld> {
    const { rows } = await sql.query<PolicyWorld>(WORLD, [operatorId, new Date(now)]);
    return rows[0]!;
  }
}
