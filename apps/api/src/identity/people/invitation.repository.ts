import { Injectable } from '@nestjs/common';
import type { Invitation, PlacesOf } from '@loopstart/contracts';
import { isRole, type Places, ROLE_TABLE } from '@loopstart/domain';
import { Database, type Sql } from '../../core/db/database.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { hashOfLink, linkOver } from '../../core/session/link-tokens.ts';

export interface InvitationRow {
  id: string;
  email: string;
  role: string;
  /** Of an own role; null for a role of the table, or one that is gone. */
  ownRoleName: string | null;
  limitedTo: PlacesOf | null;
  invitedByName: string;
  mailId: string | null;
  createdAt: Date;
  expiresAt: Date;
  mailState: 'waiting' | 'sent' | 'failed' | 'kept' | null;
  mailError: string | null;
}

/** An invitation as its token finds it. */
export interface FoundInvitation {
  id: string;
  operatorId: string;
  operatorName: string;
  email: string;
  role: string;
  roleTitle: string;
  limitedTo: Places | null;
  invitedBy: string;
  expiresAt: Date;
  /** The account of the address; null: it has none. */
  accountId: string | null;
}

const OPEN = 'i.accepted_at is null and i.withdrawn_at is null';
const COLUMNS = `i.id, i.email, i.role, r.name as "ownRoleName", i.limited_to as "limitedTo", i.invited_by_name as "invitedByName", i.mail_id as "mailId", i.created_at as "createdAt",
  i.expires_at as "expiresAt", m.state as "mailState", m.last_error as "mailError"`;
const FROM = `from invitation i left join mail m on m.id = i.mail_id
  left join own_role r on r.operator_id = i.operator_id and r.id::text = i.role`;

/** Invitations that are not accepted yet. */
@Injectable()
export class InvitationRepository {
  constructor(private readonly db: Database) {}

  async open(sql: Sql, operatorId: string): Promise<InvitationRow[]> {
    const { rows } = await sql.query<InvitationRow>(
      `select ${COLUMNS} ${FROM} where i.operator_id = $1 and ${OPEN} order by i.created_at desc, i.id`,
      [operatorId],
    );
    return rows;
  }

  async lock(sql: Sql, operatorId: string, id: string): Promise<InvitationRow | null> {
    await sql.query('select id from invitation where operator_id = $1 and id = $2 for update', [operatorId, id]);
    const { rows } = await sql.query<InvitationRow>(
      `select ${COLUMNS} ${FROM} where i.operator_id = $1 and i.id = $2 and ${OPEN}`,
      [operatorId, id],
    );
    return rows[0] ?? null;
  }

  async insert(
    sql: Sql,
    operatorId: string,
    one: {
      id: string;
      email: string;
      role: string;
      limitedTo: Places | null;
      tokenHash: Buffer;
      by: { userId: string | null; name: string };
      now: Date;
      expiresAt: Date;
    },
  ): Promise<void> {
    await sql.query(
      `insert into invitation (id, operator_id, email, role, token_hash, invited_by, invited_by_name, created_at, expires_at, limited_to)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        one.id,
        operatorId,
        one.email,
        one.role,
        one.tokenHash,
        one.by.userId,
        one.by.name,
        one.now,
        one.expiresAt,
        one.limitedTo === null ? null : JSON.stringify(one.limitedTo),
      ],
    );
  }

  async setMail(sql: Sql, id: string, mailId: string | null): Promise<void> {
    await sql.query('update invitation set mail_id = $2 where id = $1', [id, mailId]);
  }

  /** A new token replaces the old one, which works no more. */
  async renew(sql: Sql, id: string, tokenHash: Buffer, expiresAt: Date): Promise<void> {
    await sql.query('update invitation set token_hash = $2, expires_at = $3 where id = $1', [id, tokenHash, expiresAt]);
  }

  async withdraw(sql: Sql, id: string, at: Date): Promise<void> {
    await sql.query('update invitation set withdrawn_at = $2 where id = $1', [id, at]);
  }

  /** Ends an expired invitation of an address, so that it can be invited anew. */
  async endExpired(sql: Sql, operatorId: string, email: string, at: Date): Promise<void> {
    await sql.query(
      `update invitation i set withdrawn_at = $3 where operator_id = $1 and lower(email) = lower($2) and ${OPEN} and expires_at <= $3`,
      [operatorId, email, at],
    );
  }

  /** The invitation of a token that still works. Throws `link-unknown`, or `link-over` with the reason. */
  async find(token: string, now: number): Promise<FoundInvitation> {
    const { rows } = await this.db.query<{
      id: string;
      operator_id: string;
      operator_name: string;
      email: string;
      role: string;
      own_role_name: string | null;
      limited_to: Places | null;
      invited_by_name: string;
      expires_at: Date;
      accepted_at: Date | null;
      withdrawn_at: Date | null;
      account_id: string | null;
    }>('select * from resolve_invitation($1)', [hashOfLink(token)]);
    const row = rows[0];
    if (row === undefined) throw new ProblemError('link-unknown');
    if (row.accepted_at !== null) throw linkOver('This invitation was accepted already. Sign in.');
    if (row.withdrawn_at !== null) throw linkOver('This invitation was withdrawn.');
    const roleTitle = titleOf(row.role, row.own_role_name);
    if (roleTitle === null) throw linkOver('The role of this invitation was deleted. Ask for another invitation.');
    if (row.expires_at.getTime() <= now)
      throw linkOver(`This invitation has expired. Ask ${row.invited_by_name} for another one.`);
    return {
      id: row.id,
      operatorId: row.operator_id,
      operatorName: row.operator_name,
      email: row.email,
      role: row.role,
      roleTitle,
      limitedTo: row.limited_to,
      invitedBy: row.invited_by_name,
      expiresAt: row.expires_at,
      accountId: row.account_id,
    };
  }

  /** Of any number of transactions one succeeds; the others wait for it and throw `link-over`. */
  async use(sql: Sql, id: string, token: string, at: Date): Promise<void> {
    const { rowCount } = await sql.query(
      `update invitation i set accepted_at = $3 where i.id = $1 and i.token_hash = $2 and ${OPEN} and i.expires_at > $3`,
      [id, hashOfLink(token), at],
    );
    if (rowCount !== 1) throw linkOver('This invitation was accepted already. Sign in.');
  }
}

/** Null: the role is not there any more. */
export const titleOf = (role: string, ownName: string | null): string | null =>
  isRole(role) ? ROLE_TABLE[role].title : ownName;

export const toInvitation = (row: InvitationRow, now: number): Invitation => ({
  id: row.id,
  email: row.email,
  role: row.role,
  roleTitle: titleOf(row.role, row.ownRoleName),
  limitedTo: row.limitedTo,
  invitedBy: row.invitedByName,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  expired: row.expiresAt.getTime() <= now,
  mail: { state: row.mailState ?? 'none', error: row.mailError },
});
