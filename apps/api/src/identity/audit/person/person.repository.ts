import { Injectable } from '@nestjs/common';
import type { PersonalData } from '@loopstart/contracts';
import { ERASED_NAME } from '@loopstart/domain';
import type { Sql } from '../../../core/db/database.ts';
import { FACTOR_TABLES } from '../../../core/session/factor-tables.ts';

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

  async identities(sql: Sql, operatorId: string, userId: string): Promise<PersonalData['identities']> {
    const { rows } = await sql.query(
      `select c.name as connection, i.issuer, i.subject, i.linked_at as "linkedAt", i.last_sign_in_at as "lastSignInAt"
       from sso_identity i join sso_connection c on c.id = i.connection_id
       where i.operator_id = $1 and i.user_id = $2 order by i.linked_at`,
      [operatorId, userId],
    );
    return JSON.parse(JSON.stringify(rows)) as PersonalData['identities'];
  }

  /** What directories have sent; a person whom one has deleted has nothing left there. */
  async directories(sql: Sql, operatorId: string, userId: string): Promise<PersonalData['directories']> {
    const { rows } = await sql.query<PersonalData['directories'][number]>(
      `select c.name as connection, u.user_name as "userName", u.external_id as "externalId", u.display_name as "displayName",
         u.given_name as "givenName", u.family_name as "familyName", u.formatted_name as "formattedName",
         array(select e ->> 'value' from jsonb_array_elements(u.emails) e) as emails,
         array(select g.display_name from scim_group_member m join scim_group g on g.id = m.group_id
           where m.scim_user_id = u.id order by 1) as groups
       from scim_user u join sso_connection c on c.id = u.connection_id
       where u.operator_id = $1 and u.user_id = $2 and u.deleted_at is null order by c.name, c.id`,
      [operatorId, userId],
    );
    return rows;
  }

  /** In a transaction of that account: kinds, names and dates, never keys. */
  async factors(sql: Sql, accountId: string): Promise<Pick<PersonalData, 'factors' | 'recoveryCodesLeft'>> {
    const { rows } = await sql.query(
      `select 'totp' as kind, name, created_at as "addedAt", last_used_at as "lastUsedAt" from account_totp
         where account_id = $1 and confirmed_at is not null
       union all select 'passkey', name, created_at, last_used_at from passkey where account_id = $1 order by 3, 2`,
      [accountId],
    );
    const codes = await sql.query<{ left: number }>(
      'select count(*)::int as left from account_recovery_code where account_id = $1 and used_at is null',
      [accountId],
    );
    return {
      factors: JSON.parse(JSON.stringify(rows)) as PersonalData['factors'],
      recoveryCodesLeft: codes.rows[0]!.left,
    };
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
    // What directories and identity providers said of the person. Where they say it again, it is of somebody new.
    for (const table of ['scim_user', 'sso_identity', 'session'])
      await sql.query(`delete from ${table} where operator_id = $1 and user_id = $2`, [operatorId, userId]);
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
    for (const table of FACTOR_TABLES) await sql.query(`delete from ${table} where account_id = $1`, [accountId]);
  }

  async eraseEntries(sql: Sql, operatorId: string, userId: string): Promise<number> {
    const { rows } = await sql.query<{ entries: number }>('select erase_audit_person($1, $2) as entries', [
      operatorId,
      userId,
    ]);
    return rows[0]!.entries;
  }
}
