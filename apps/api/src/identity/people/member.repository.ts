import { Injectable } from '@nestjs/common';
import type { Member } from '@loopstart/contracts';
import { type MemberFacts, OWNER, type Places, type Rights } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { grantOf, type GrantRow } from '../../core/session/grant.ts';
import { copyOf } from './grants.ts';

export interface MemberRow {
  id: string;
  accountId: string;
  name: string;
  email: string;
  role: string;
  /** Null: the role is not there any more. */
  rights: Rights | null;
  limitedTo: Places | null;
  joinedAt: Date;
  lastSignInAt: Date | null;
  removedAt: Date | null;
  /** The connection whose directory keeps them; null: none. */
  provisionedBy: string | null;
}

const COLUMNS = `p.id, p.account_id as "accountId", p.name, p.email, p.created_at as "joinedAt",
  u.last_sign_in_at as "lastSignInAt", p.removed_at as "removedAt",
  (select c.name from scim_user s join sso_connection c on c.id = s.connection_id where s.user_id = p.id and s.deleted_at is null order by s.created_at limit 1) as "provisionedBy", p.role, p.limited_to, r.name as own_role_name,
  r.permissions as own_role_permissions, r.max_lines_at_once as own_role_max_lines`;
const FROM = `from person p join app_user u on u.id = p.id
  left join own_role r on r.operator_id = p.operator_id and r.id::text = p.role`;

type Stored = Omit<MemberRow, 'role' | 'rights' | 'limitedTo'> & GrantRow;

function readRow({
  role,
  limited_to,
  own_role_name,
  own_role_permissions,
  own_role_max_lines,
  ...row
}: Stored): MemberRow {
  const grant = grantOf({ role, limited_to, own_role_name, own_role_permissions, own_role_max_lines });
  return { ...row, role, rights: grant?.rights ?? null, limitedTo: grant?.limitedTo ?? null };
}

/** Members of an operator. */
@Injectable()
export class MemberRepository {
  /** Those of these ids. */
  async some(sql: Sql, operatorId: string, ids: readonly string[]): Promise<MemberRow[]> {
    const { rows } = await sql.query<Stored>(
      `select ${COLUMNS} ${FROM} where p.operator_id = $1 and p.id = any ($2::uuid[])`,
      [operatorId, ids],
    );
    return rows.map(readRow);
  }

  /**
   * One member with the number of owners. Locks the owners, so that two who demote each other at once do not leave none; a
   * member of another operator is none.
   */
  async lock(sql: Sql, operatorId: string, userId: string): Promise<{ row: MemberRow; owners: number } | null> {
    const owners = await sql.query(
      `select id from app_user where operator_id = $1 and (role = $2 and removed_at is null or id = $3) order by id for update`,
      [operatorId, OWNER, userId],
    );
    const { rows } = await sql.query<Stored>(`select ${COLUMNS} ${FROM} where p.operator_id = $1 and p.id = $2`, [
      operatorId,
      userId,
    ]);
    if (rows[0] === undefined) return null;
    const row = readRow(rows[0]);
    const isOwner = row.role === OWNER && row.removedAt === null;
    return { row, owners: owners.rows.length - (isOwner ? 0 : 1) };
  }

  async setRole(sql: Sql, userId: string, role: string, limitedTo: Places | null): Promise<void> {
    await sql.query('update app_user set role = $2, limited_to = $3 where id = $1', [
      userId,
      role,
      limitedTo === null ? null : JSON.stringify(limitedTo),
    ]);
  }

  /** Ends the membership with its sessions, and withdraws what the person had invited. */
  async remove(sql: Sql, userId: string, at: Date): Promise<{ invitations: number }> {
    await sql.query('update app_user set removed_at = $2 where id = $1', [userId, at]);
    await sql.query('delete from session where user_id = $1', [userId]);
    const { rowCount } = await sql.query(
      'update invitation set withdrawn_at = $2 where invited_by = $1 and accepted_at is null and withdrawn_at is null',
      [userId, at],
    );
    return { invitations: rowCount ?? 0 };
  }

  async restore(sql: Sql, userId: string): Promise<void> {
    await sql.query('update app_user set removed_at = null where id = $1', [userId]);
  }
}

export const factsOf = (row: MemberRow): MemberFacts => ({
  userId: row.id,
  role: row.role,
  rights: row.rights,
  limitedTo: row.limitedTo,
  removed: row.removedAt !== null,
});

/** Without what is known of second factors, which is not of the row. */
export const toMember = (row: MemberRow): Omit<Member, 'factor'> => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.role,
  roleTitle: row.rights?.title ?? null,
  limitedTo: copyOf(row.limitedTo),
  joinedAt: row.joinedAt.toISOString(),
  lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
  removedAt: row.removedAt?.toISOString() ?? null,
  provisionedBy: row.provisionedBy,
});
