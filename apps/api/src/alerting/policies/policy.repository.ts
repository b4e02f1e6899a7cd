import { Injectable } from '@nestjs/common';
import type { PolicyInput } from '@loopstart/contracts';
import type { Sql } from '../../core/db/database.ts';
import type { Origin } from '../../core/library/publications.ts';

/** Writes policies; they are read with their world (PolicyWorldRepository). */
@Injectable()
export class PolicyRepository {
  /** Serialises changes: order and default concern all policies of an operator. */
  async lock(sql: Sql, operatorId: string): Promise<void> {
    await sql.query(`select pg_advisory_xact_lock(hashtext('loopstart.policies'), hashtext($1))`, [operatorId]);
  }

  /** Adds a policy as the last before the default. */
  async insert(sql: Sql, operatorId: string, input: PolicyInput, at: Date, origin: Origin | null): Promise<string> {
    const { rows } = await sql.query<{ id: string }>(
      `insert into policy (operator_id, name, match, steps, repeat, quiet_hours, digest, updated_at, ordinal, library_id, library_version)
       values ($1, $2, $3, $4, $5, $6, $7, $8, (select greatest(max(ordinal), 0) + 1 from policy where operator_id = $1), $9, $10) returning id`,
      [operatorId, ...values(input), at, origin?.objectId ?? null, origin?.version ?? null],
    );
    return rows[0]!.id;
  }

  async update(sql: Sql, operatorId: string, id: string, input: PolicyInput, at: Date): Promise<void> {
    await sql.query(
      `update policy set name = $3, match = $4, steps = $5, repeat = $6, quiet_hours = $7, digest = $8, updated_at = $9
       where operator_id = $1 and id = $2`,
      [operatorId, id, ...values(input), at],
    );
  }

  /** Sets the order of the operator's own policies. */
  async order(sql: Sql, operatorId: string, ids: readonly string[]): Promise<void> {
    await sql.query(
      `update policy set ordinal = o.place from unnest($2::uuid[]) with ordinality o(id, place)
       where policy.operator_id = $1 and policy.id = o.id and not policy.is_default`,
      [operatorId, ids],
    );
  }

  /** Removes a policy; messages that wait for its digest move to that of `heir`. */
  async remove(sql: Sql, operatorId: string, id: string, heir: string): Promise<void> {
    await sql.query(
      `update digest_item d set policy_id = $3 where operator_id = $1 and policy_id = $2
         and not exists (select from digest_item h where h.policy_id = $3 and h.message_id = d.message_id)`,
      [operatorId, id, heir],
    );
    await sql.query('delete from digest_item where operator_id = $1 and policy_id = $2', [operatorId, id]);
    await sql.query('delete from policy where operator_id = $1 and id = $2', [operatorId, id]);
  }

  /** Customers and sites that the operator does not have. */
  async missingPlaces(
    sql: Sql,
    { customerIds = [], siteIds = [] }: { customerIds?: string[] | undefined; siteIds?: string[] | undefined },
  ): Promise<('customerIds' | 'siteIds')[]> {
    const { rows } = await sql.query<{ customerIds: boolean; siteIds: boolean }>(
      `select exists (select from unnest($1::uuid[]) x(id) where not exists (select from customer where customer.id = x.id)) as "customerIds",
         exists (select from unnest($2::uuid[]) x(id) where not exists (select from site where site.id = x.id)) as "siteIds"`,
      [customerIds, siteIds],
    );
    return (['customerIds', 'siteIds'] as const).filter((name) => rows[0]![name]);
  }
}

function values(input: PolicyInput): unknown[] {
  const { name, match, steps, repeat, quietHours, digest } = input;
  return [
    name,
    ...[match, steps, repeat, quietHours, digest].map((part) => (part === null ? null : JSON.stringify(part))),
  ];
}
