import { Injectable } from '@nestjs/common';
import type { OwnFactors, SignInPolicy } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { policyOf, type StoredPolicy } from '../../core/session/sign-in-policy.ts';

export interface PolicyPerson {
  id: string;
  name: string;
  role: string;
  factors: OwnFactors;
}

/** The sign-in policy of an operator. */
@Injectable()
export class SignInPolicyRepository {
  async get(sql: Sql, operatorId: string): Promise<SignInPolicy> {
    const { rows } = await sql.query<StoredPolicy>('select * from sign_in_policy where operator_id = $1', [operatorId]);
    return policyOf(rows[0] ?? null);
  }

  /** Also shortens sessions that would last longer. */
  async set(sql: Sql, operatorId: string, policy: SignInPolicy, at: Date): Promise<void> {
    await sql.query(
      `insert into sign_in_policy (operator_id, required_for, roles, sso_counts, accepts, idle_minutes, session_hours, networks, role_networks, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       on conflict (operator_id) do update set required_for = excluded.required_for, roles = excluded.roles,
         sso_counts = excluded.sso_counts, accepts = excluded.accepts, idle_minutes = excluded.idle_minutes, session_hours = excluded.session_hours,
         networks = excluded.networks, role_networks = excluded.role_networks, updated_at = excluded.updated_at`,
      [
        operatorId,
        policy.requiredFor,
        policy.roles,
        policy.ssoCounts,
        policy.accepts,
        policy.idleMinutes,
        policy.sessionHours,
        policy.networks,
        JSON.stringify(policy.roleNetworks),
        at,
      ],
    );
    await sql.query(
      `update session set expires_at = created_at + $2 * interval '1 hour'
       where operator_id = $1 and expires_at > created_at + $2 * interval '1 hour'`,
      [operatorId, policy.sessionHours],
    );
  }

  /** The members of today, by name. */
  async people(sql: Sql, operatorId: string): Promise<PolicyPerson[]> {
    const { rows } = await sql.query<PolicyPerson>(
      `select p.id, p.name, p.role, json_build_object('totp', f.has_totp, 'passkey', f.has_passkey) as factors
       from person p join resolve_member_factors($1) f on f.user_id = p.id
       where p.operator_id = $1 and p.removed_at is null order by lower(p.name), p.id`,
      [operatorId],
    );
    return rows;
  }
}
