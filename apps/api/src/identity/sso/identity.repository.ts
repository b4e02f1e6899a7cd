import { Injectable } from '@nestjs/common';
import type { MappedRole, NewcomerFacts } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import type { ConnectionRow } from './connection.repository.ts';
import type { ProvidedPerson } from './oidc-client.ts';

/** What an operator knows about a person who comes. */
export interface FoundPerson {
  facts: NewcomerFacts;
  /** The member, linked or by address; null: none. */
  userId: string | null;
  /** The account of the address; null: none. */
  accountId: string | null;
  invitation: ({ id: string } & MappedRole) | null;
}

/** People of identity providers and the members that they are. */
@Injectable()
export class IdentityRepository {
  /** Until the transaction ends, nobody else decides about the same person: what one makes, the next finds whole. */
  async lock(sql: Sql, connection: ConnectionRow, { issuer, subject }: ProvidedPerson): Promise<void> {
    await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      JSON.stringify(['single-sign-on', connection.id, issuer, subject]),
    ]);
  }

  async find(sql: Sql, connection: ConnectionRow, person: ProvidedPerson, now: Date): Promise<FoundPerson> {
    const { domains, provisions } = connection;
    const facts = { linked: null, email: person.email, domains, account: null, invited: false, provisions };
    const linked = await sql.query<{ userId: string; removed: boolean }>(
      `select i.user_id as "userId", u.removed_at is not null as removed from sso_identity i join app_user u on u.id = i.user_id
       where i.connection_id = $1 and i.issuer = $2 and i.subject = $3`,
      [connection.id, person.issuer, person.subject],
    );
    const [known] = linked.rows;
    if (known !== undefined)
      return {
        facts: { ...facts, linked: { removed: known.removed } },
        userId: known.userId,
        accountId: null,
        invitation: null,
      };
    if (person.email === null) return { facts, userId: null, accountId: null, invitation: null };
    const account = await this.#accountOf(sql, connection, person, person.email.address);
    const invitation = await this.#invitationOf(sql, person.email.address, now);
    return {
      facts: { ...facts, account: account?.facts ?? null, invited: invitation !== null },
      userId: account?.userId ?? null,
      accountId: account?.accountId ?? null,
      invitation,
    };
  }

  /** Links a person and a member. Of several at once one succeeds; the others throw a unique violation. */
  async link(
    sql: Sql,
    { id, operatorId }: ConnectionRow,
    { issuer, subject }: ProvidedPerson,
    userId: string,
    at: Date,
  ): Promise<void> {
    await sql.query(
      `insert into sso_identity (operator_id, connection_id, issuer, subject, user_id, linked_at) values ($1, $2, $3, $4, $5, $6)`,
      [operatorId, id, issuer, subject, userId, at],
    );
  }

  async used(sql: Sql, { id }: ConnectionRow, { issuer, subject }: ProvidedPerson, at: Date): Promise<void> {
    await sql.query(
      'update sso_identity set last_sign_in_at = $4 where connection_id = $1 and issuer = $2 and subject = $3',
      [id, issuer, subject, at],
    );
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

  async #accountOf(sql: Sql, connection: ConnectionRow, { issuer }: ProvidedPerson, email: string) {
    const { rows } = await sql.query<{
      accountId: string;
      elsewhere: boolean;
      userId: string | null;
      removed: boolean;
      role: string;
      linkedOtherwise: boolean;
    }>(
      `select a.id as "accountId", exists (select from resolve_memberships(a.id) m where m.operator_id <> $2) as elsewhere, u.id as "userId",
         u.removed_at is not null as removed, u.role, exists (select from sso_identity i where i.connection_id = $3 and i.issuer = $4 and i.user_id = u.id) as "linkedOtherwise"
       from resolve_account($1) a left join app_user u on u.account_id = a.id and u.operator_id = $2`,
      [email, connection.operatorId, connection.id, issuer],
    );
    const row = rows[0];
    if (row === undefined) return null;
    const { accountId, elsewhere: worksElsewhere, userId, removed, linkedOtherwise } = row;
    const member = userId === null ? null : { removed, isOwner: row.role === 'owner', linkedOtherwise };
    return { accountId, userId, facts: { worksElsewhere, member } };
  }

  async #invitationOf(sql: Sql, email: string, now: Date) {
    const { rows } = await sql.query<{ id: string } & MappedRole>(
      `select id, role, limited_to as "limitedTo" from invitation
       where lower(email) = lower($1) and accepted_at is null and withdrawn_at is null and expires_at > $2 for update`,
      [email, now],
    );
    return rows[0] ?? null;
  }
}
