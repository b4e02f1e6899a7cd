import { Injectable } from '@nestjs/common';
import type { MappedRole } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';

/** The account of an address, and what it is to an operator. */
export interface AccountOfAddress {
  accountId: string;
  /** A member of another operator. */
  worksElsewhere: boolean;
  /** The membership in this one; null: none. */
  member: { userId: string; removedAt: Date | null; isOwner: boolean } | null;
}

/** Who an address belongs to, and new members. */
@Injectable()
export class NewcomerRepository {
  async accountOf(sql: Sql, operatorId: string, email: string): Promise<AccountOfAddress | null> {
    const { rows } = await sql.query<{
      accountId: string;
      worksElsewhere: boolean;
      userId: string | null;
      removedAt: Date | null;
      role: string;
    }>(
      `select a.id as "accountId", exists (select from resolve_memberships(a.id) m where m.operator_id <> $2) as "worksElsewhere",
         u.id as "userId", u.removed_at as "removedAt", u.role
       from resolve_account($1) a left join app_user u on u.account_id = a.id and u.operator_id = $2`,
      [email, operatorId],
    );
    const row = rows[0];
    if (row === undefined) return null;
    const { accountId, worksElsewhere, userId, removedAt, role } = row;
    return {
      accountId,
      worksElsewhere,
      member: userId === null ? null : { userId, removedAt, isOwner: role === 'owner' },
    };
  }

  async invitationOf(sql: Sql, email: string, now: Date): Promise<({ id: string } & MappedRole) | null> {
    const { rows } = await sql.query<{ id: string } & MappedRole>(
      `select id, role, limited_to as "limitedTo" from invitation
       where lower(email) = lower($1) and accepted_at is null and withdrawn_at is null and expires_at > $2 for update`,
      [email, now],
    );
    return rows[0] ?? null;
  }

  /** A new account with no password: its person comes by single sign-on, or sets one by mail. */
  async addAccount(sql: Sql, account: { id: string; email: string; name: string }, at: Date): Promise<void> {
    await sql.query('insert into account (id, email, name, created_at) values ($1, $2, $3, $4)', [
      account.id,
      account.email,
      account.name,
      at,
    ]);
    await sql.query('insert into account_credential (account_id, password_hash) values ($1, null)', [account.id]);
  }

  async addMember(
    sql: Sql,
    operatorId: string,
    accountId: string,
    { role, limitedTo }: MappedRole,
    at: Date,
  ): Promise<string> {
    const { rows } = await sql.query<{ id: string }>(
      'insert into app_user (operator_id, account_id, role, limited_to, created_at) values ($1, $2, $3, $4, $5) returning id',
      [operatorId, accountId, role, limitedTo === null ? null : JSON.stringify(limitedTo), at],
    );
    return rows[0]!.id;
  }

  async acceptInvitation(sql: Sql, id: string, at: Date): Promise<void> {
    await sql.query('update invitation set accepted_at = $2 where id = $1', [id, at]);
  }
}
