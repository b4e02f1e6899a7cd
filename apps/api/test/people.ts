import { randomUUID } from 'node:crypto';
import type { Places } from '@loopstart/domain';
import type pg from 'pg';

/** An account with a membership, as the owner of the database. `passwordHash` null: it cannot sign in by password. */
export async function plantMember(
  sql: pg.ClientBase,
  member: {
    operatorId: string;
    email: string;
    name: string;
    role: string;
    passwordHash: string | null;
    limitedTo?: Places | null;
  },
): Promise<{ userId: string; accountId: string }> {
  const [accountId, userId] = [randomUUID(), randomUUID()];
  await sql.query('insert into account (id, email, name) values ($1, $2, $3)', [accountId, member.email, member.name]);
  await sql.query('insert into account_credential (account_id, password_hash) values ($1, $2)', [
    accountId,
    member.passwordHash,
  ]);
  await sql.query('insert into app_user (id, operator_id, account_id, role, limited_to) values ($1, $2, $3, $4, $5)', [
    userId,
    member.operatorId,
    accountId,
    member.role,
    member.limitedTo === undefined || member.limitedTo === null ? null : JSON.stringify(member.limitedTo),
  ]);
  return { userId, accountId };
}

/** Makes the owners of an operator people of the provider. */
export async function makeProvider(sql: pg.ClientBase, operatorId: string): Promise<void> {
  await sql.query(
    `insert into provider_person (account_id, granted_at)
     select account_id, now() from app_user where operator_id = $1 and role = 'owner' on conflict do nothing`,
    [operatorId],
  );
}
