import { randomUUID } from 'node:crypto';
import type pg from 'pg';

/** An account with a membership, as the owner of the database. `passwordHash` null: it cannot sign in by password. */
export async function plantMember(
  sql: pg.ClientBase,
  member: { operatorId: string; email: string; name: string; role: string; passwordHash: string | null },
): Promise<{ userId: string; accountId: string }> {
  const [accountId, userId] = [randomUUID(), randomUUID()];
  await sql.query('insert into account (id, email, name) values ($1, $2, $3)', [accountId, member.email, member.name]);
  await sql.query('insert into account_credential (account_id, password_hash) values ($1, $2)', [
    accountId,
    member.passwordHash,
  ]);
  await sql.query('insert into app_user (id, operator_id, account_id, role) values ($1, $2, $3, $4)', [
    userId,
    member.operatorId,
    accountId,
    member.role,
  ]);
  return { userId, accountId };
}
