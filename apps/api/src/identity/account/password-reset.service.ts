import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { tooFast } from '../../core/http/problem-error.ts';
import { MailOutbox } from '../../core/mail/mail-outbox.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';
import { HashGate } from '../../core/session/hash-gate.ts';
import { LinkPace } from '../../core/session/link-pace.ts';
import { hashPassword } from '../../core/session/password.ts';
import { PasswordRules } from '../../core/session/password-rules.ts';
import { SessionService } from '../../core/session/session.service.ts';
import { OwnAccounts } from '../audit/index.ts';
import { LinkRepository } from './link.repository.ts';

const VALID_MINUTES = 30;

/** Where a request came from. */
export interface From {
  address: string;
  requestId: string;
}

/** A person who forgot their password sets a new one by a link in a mail. */
@Injectable()
export class PasswordReset {
  constructor(
    private readonly sessions: SessionService,
    private readonly accounts: OwnAccounts,
    private readonly links: LinkRepository,
    private readonly outbox: MailOutbox,
    private readonly pace: LinkPace,
    private readonly gate: HashGate,
    private readonly rules: PasswordRules,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Answers before it looks for the account, so that neither the answer nor its duration shows whether there is one. */
  async ask(email: string, from: From): Promise<void> {
    const waitMs = await this.pace.ask(from.address, this.now());
    if (waitMs > 0) throw tooFast(waitMs);
    void this.#send(email, from).catch((error: unknown) =>
      this.log.error({ err: error, requestId: from.requestId }, 'failed to send a reset'),
    );
  }

  /** Whose password the link sets. Throws where it works no more. */
  async read(token: string, address: string): Promise<{ email: string; name: string }> {
    await this.#pace(address);
    const { accountEmail, accountName } = await this.links.find(token, 'reset', this.now());
    return { email: accountEmail, name: accountName };
  }

  /** Sets the password, ends all sessions of the person and all other resets, and tells them by mail. Signs nobody in. */
  async use(token: string, newPassword: string, from: From): Promise<void> {
    await this.#pace(from.address);
    const link = await this.links.find(token, 'reset', this.now());
    const account = await this.accounts.of({ accountId: link.accountId, name: link.accountName });
    const words = [link.accountEmail, link.accountName, ...account.memberships.map((one) => one.operatorName)];
    await this.rules.check(newPassword, words, 'body.newPassword');
    const passwordHash = await this.gate.run(() => hashPassword(newPassword));
    const now = this.now();
    await this.accounts.change(account, from.requestId, async (sql) => {
      await this.links.use(sql, link, 'reset', now);
      await sql.query(
        `insert into account_credential (account_id, password_hash, password_changed_at) values ($1, $2, $3)
         on conflict (account_id) do update set password_hash = excluded.password_hash, password_changed_at = excluded.password_changed_at`,
        [link.accountId, passwordHash, new Date(now)],
      );
      await sql.query('delete from session where account_id = $1', [link.accountId]);
      await sql.query('delete from pending_sign_in where account_id = $1', [link.accountId]);
      const at = new Date(now).toUTCString();
      await this.outbox.add(sql, { accountId: link.accountId }, link.accountEmail, {
        kind: 'password-changed',
        name: link.accountName,
        at,
      });
      return { result: undefined, entry: { verb: 'reset-password', change: { address: from.address } } };
    });
  }

  async #pace(address: string): Promise<void> {
    const waitMs = await this.pace.present(address, this.now());
    if (waitMs > 0) throw tooFast(waitMs);
  }

  async #send(email: string, from: From): Promise<void> {
    const known = await this.sessions.credentialsOf(email);
    if (known === null || this.outbox.mode === 'none' || !(await this.pace.mail(email, this.now()))) return;
    const account = await this.accounts.of(known);
    if (account.memberships.length === 0) return;
    const now = this.now();
    const expiresAt = now + VALID_MINUTES * 60_000;
    await this.accounts.change(account, from.requestId, async (sql) => {
      const link = await this.links.add(sql, known.accountId, { purpose: 'reset', email: null, now, expiresAt });
      const facts = { kind: 'reset', name: known.name, minutes: VALID_MINUTES } as const;
      await this.outbox.add(sql, { accountId: known.accountId }, email, facts, link);
      return { result: undefined, entry: { verb: 'ask-reset', change: { address: from.address } } };
    });
  }
}
