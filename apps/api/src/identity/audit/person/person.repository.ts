import { Injectable } from '@nestjs/common';
import type { PersonalData } from '@loopstart/contracts';
import { ERASED_NAME } from '@loopstart/domain';
import type { Sql } from '../../../core/db/database.ts';

export interface Member {
  userId: string;
  accountId: string;
  name: string;
  email: string;
  timeZone: string | null;
  role: string;
  memberSince: Date;
  removedAt: Date | null;
}

/** The rows that hold what is personal. */
@Injectable()
export class PersonRepository {
  async member(sql: Sql, operatorId: string, userId: string): Promise<Member | undefined> {
    const { rows } = await sql.query<Member>(
      `select p.id as "userId", p.account_id as "accountId", p.name, p.email, p.time_zone as "timeZone", p.role,
         p.created_at as "memberSince", p.removed_at as "removedAt"
       from person p where p.operator_id = $1 and p.id = $2`,
      [operatorId, userId],
    );
    return rows[0];
  }

  async sessions(sql: Sql, operatorId: string, userId: string): Promise<PersonalData['sessions']> {
    const { rows } = await sql.query<{ [K in keyof PersonalData['sessions'][number]]: string | null }>(
      `select created_at as "createdAt", last_used_at as "lastUsedAt", expires_at as "expiresAt", address, user_agent as "userAgent"
       from session where operator_id = $1 and user_id = $2 order by created_at desc`,
      [operatorId, userId],
    );
    return JSON.parse(JSON.stringify(rows)) as PersonalData['sessions'];
  }

  /** Whether the account is a member anywhere else. */
  async worksElsewhere(sql: Sql, accountId: string, operatorId: string): Promise<boolean> {
    const { rows } = await sql.query<{ elsewhere: boolean }>(
      'select exists (select from resolve_memberships($1) m where m.operator_id <> $2) as elsewhere',
      [accountId, operatorId],
    );
    return rows[0]!.elsewhere;
  }

  async endMembership(sql: Sql, operatorId: string, userId: string, now: Date): Promise<void> {
    // What directories sent of the person; they may send it again, and find a member whom a colleague removed.
    await sql.query('delete from scim_user where operator_id = $1 and user_id = $2', [operatorId, userId]);
    await sql.query('delete from session where operator_id = $1 and user_id = $2', [operatorId, userId]);
    await sql.query('update app_user set removed_at = coalesce(removed_at, $3) where operator_id = $1 and id = $2', [
      operatorId,
      userId,
      now,
    ]);
  }

  /** In a transaction of that account. The row stays: memberships and sessions refer to it. */
  async eraseAccount(sql: Sql, accountId: string): Promise<void> {
    await sql.query(
      `update account set name = $2, email = 'erased-' || id || '@erased.invalid', time_zone = null where id = $1`,
      [accountId, ERASED_NAME],
    );
    await sql.query(
      'update account_credential set password_hash = null, password_changed_at = null where account_id = $1',
      [accountId],
    );
    for (const table of ['account_totp', 'account_recovery_code', 'pending_sign_in'])
      await sql.query(`delete from ${table} where account_id = $1`, [accountId]);
  }

  async eraseEntries(sql: Sql, operatorId: string, userId: string): Promise<number> {
    const { rows } = await sql.query<{ entries: number }>('select erase_audit_person($1, $2) as entries', [
      operatorId,
      userId,
    ]);
    return rows[0]!.entries;
  }
}
