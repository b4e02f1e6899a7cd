import { Injectable } from '@nestjs/common';
import { Database, type Sql } from '../../core/db/database.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import type { MailLink } from '../../core/mail/mail-outbox.ts';
import { hashOfLink, linkOver, LinkTokens } from '../../core/session/link-tokens.ts';

export type LinkPurpose = 'reset' | 'email';

/** A link as its token finds it. */
export interface FoundLink {
  id: string;
  accountId: string;
  accountEmail: string;
  accountName: string;
  /** The address that it confirms; null for a reset. */
  email: string | null;
}

interface LinkRow {
  id: string;
  account_id: string;
  purpose: LinkPurpose;
  email: string | null;
  account_email: string;
  account_name: string;
  expires_at: Date;
  used_at: Date | null;
}

/** How many links of one purpose an account has at most; the oldest end. */
const OPEN_MAX = 10;

/** One-time links of accounts. */
@Injectable()
export class LinkRepository {
  constructor(
    private readonly db: Database,
    private readonly tokens: LinkTokens,
  ) {}

  /** The link of a token that still works. Throws `link-unknown`, or `link-over` with the reason. */
  async find(token: string, purpose: LinkPurpose, now: number): Promise<FoundLink> {
    const { rows } = await this.db.query<LinkRow>('select * from resolve_account_link($1)', [hashOfLink(token)]);
    const row = rows[0];
    if (row === undefined || row.purpose !== purpose) throw new ProblemError('link-unknown');
    if (row.used_at !== null) throw linkOver('This link was used, or a newer one was. Ask for another one.');
    if (row.expires_at.getTime() <= now) throw linkOver('This link has expired. Ask for another one.');
    return {
      id: row.id,
      accountId: row.account_id,
      accountEmail: row.account_email,
      accountName: row.account_name,
      email: row.email,
    };
  }

  /** Adds a link for a mail to carry. Earlier ones stay: the one that arrives first may be used. */
  async add(
    sql: Sql,
    accountId: string,
    link: { purpose: LinkPurpose; email: string | null; now: number; expiresAt: number },
  ): Promise<MailLink> {
    const { id, tokenHash } = this.tokens.make();
    await sql.query(
      `insert into account_link (account_id, purpose, token_hash, email, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)`,
      [accountId, link.purpose, tokenHash, link.email, new Date(link.now), new Date(link.expiresAt)],
    );
    await sql.query(
      `delete from account_link where account_id = $1 and id not in (
         select id from account_link where account_id = $1 and purpose = $2 order by created_at desc, id limit $3) and purpose = $2`,
      [accountId, link.purpose, OPEN_MAX],
    );
    return { id, tokenHash, expiresAt: link.expiresAt };
  }

  /**
   * Uses a link and ends the account's others of its purpose. Of any number of transactions one succeeds; the others wait for
   * it and throw `link-over`.
   */
  async use(sql: Sql, link: FoundLink, purpose: LinkPurpose, now: number): Promise<void> {
    const { rowCount } = await sql.query(
      `update account_link set used_at = $2 where id = $1 and used_at is null and expires_at > $2`,
      [link.id, new Date(now)],
    );
    if (rowCount !== 1) throw linkOver('This link was used, or a newer one was. Ask for another one.');
    await this.end(sql, link.accountId, purpose, now);
  }

  /** Ends all open links of a purpose. */
  async end(sql: Sql, accountId: string, purpose: LinkPurpose, now: number): Promise<void> {
    await sql.query('update account_link set used_at = $3 where account_id = $1 and purpose = $2 and used_at is null', [
      accountId,
      purpose,
      new Date(now),
    ]);
  }
}
