import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../core/clock.ts';
import type { Person } from '../../core/http/implements.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { refused } from '../../core/http/refuse.ts';
import { tooFast } from '../../core/http/problem-error.ts';
import { MailOutbox } from '../../core/mail/mail-outbox.ts';
import { LinkPace } from '../../core/session/link-pace.ts';
import { linkOver } from '../../core/session/link-tokens.ts';
import { SessionService } from '../../core/session/session.service.ts';
import { OwnPassword } from '../session/index.ts';
import { OwnAccounts } from '../audit/index.ts';
import { LinkRepository } from './link.repository.ts';
import type { From } from './password-reset.service.ts';

const VALID_HOURS = 24;

/** A person moves to another e-mail address: the new one confirms it, the old one is told. */
@Injectable()
export class EmailChange {
  constructor(
    private readonly sessions: SessionService,
    private readonly accounts: OwnAccounts,
    private readonly links: LinkRepository,
    private readonly outbox: MailOutbox,
    private readonly passwords: OwnPassword,
    private readonly pace: LinkPace,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /**
   * Sends the link to the new address. An address that has an account already gets a notice instead, and the answer is the
   * same. Throws `no-mail`, or `invalid-input` naming the wrong password.
   */
  async ask(caller: Person, { email, currentPassword }: { email: string; currentPassword: string }, from: From) {
    if (this.outbox.mode === 'none')
      throw new ProblemError('no-mail', {
        detail: 'A new address must be confirmed by mail, and this installation sends none (SMTP_URL).',
      });
    await this.passwords.prove(caller, currentPassword, 'body.currentPassword');
    if (email === caller.email.toLowerCase()) throw refused('body.email', 'another address than the present one');
    const now = this.now();
    if (!(await this.pace.mail(email, now))) throw tooFast(10 * 60_000);
    const taken = (await this.sessions.credentialsOf(email)) !== null;
    const account = await this.accounts.of(caller);
    const owner = { accountId: caller.accountId };
    const expiresAt = now + VALID_HOURS * 3_600_000;
    await this.accounts.change(account, from.requestId, async (sql) => {
      await this.links.end(sql, caller.accountId, 'email', now);
      const link = await this.links.add(sql, caller.accountId, { purpose: 'email', email, now, expiresAt });
      const facts = { kind: 'confirm-email', name: caller.name, hours: VALID_HOURS } as const;
      await (taken
        ? this.outbox.add(sql, owner, email, { kind: 'email-taken' })
        : this.outbox.add(sql, owner, email, facts, link));
      await this.outbox.add(sql, owner, caller.email, { kind: 'email-leaves', name: caller.name, to: email });
      return { result: undefined, entry: { verb: 'ask-email', change: { email } } };
    });
  }

  /** Moves the account to the address that the link confirms. */
  async confirm(token: string, from: From): Promise<{ email: string }> {
    const waitMs = await this.pace.present(from.address, this.now());
    if (waitMs > 0) throw tooFast(waitMs);
    const link = await this.links.find(token, 'email', this.now());
    const account = await this.accounts.of({ accountId: link.accountId, name: link.accountName });
    const email = link.email!;
    try {
      return await this.accounts.change(account, from.requestId, async (sql) => {
        await this.links.use(sql, link, 'email', this.now());
        // A link that was sent to the old address must not outlive it.
        await this.links.end(sql, link.accountId, 'reset', this.now());
        await sql.query('update account set email = $2 where id = $1', [link.accountId, email]);
        const change = { email, address: from.address };
        return { result: { email }, entry: { verb: 'change-email', change, before: { email: link.accountEmail } } };
      });
    } catch (error) {
      if ((error as { code?: string }).code === '23505')
        throw linkOver('This address has got an account of its own meanwhile.');
      throw error;
    }
  }
}
