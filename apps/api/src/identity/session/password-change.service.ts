import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database } from '../../core/db/database.ts';
import type { Person } from '../../core/http/implements.ts';
import { refused } from '../../core/http/refuse.ts';
import { MailOutbox } from '../../core/mail/mail-outbox.ts';
import { HashGate } from '../../core/session/hash-gate.ts';
import { hashPassword } from '../../core/session/password.ts';
import { PasswordRules } from '../../core/session/password-rules.ts';
import { SessionService } from '../../core/session/session.service.ts';
import { AuditRepository } from '../audit/index.ts';
import { OwnPassword } from './own-password.ts';

/** A person changes their own password. */
@Injectable()
export class PasswordChange {
  constructor(
    private readonly db: Database,
    private readonly sessions: SessionService,
    private readonly own: OwnPassword,
    private readonly rules: PasswordRules,
    private readonly gate: HashGate,
    private readonly outbox: MailOutbox,
    private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /**
   * Needs the current password, ends every other session of the person and every reset that is on its way, tells them by
   * mail, and is audited. Throws `invalid-input` naming the password at fault, or `too-many-requests`.
   */
  async change(
    caller: Person,
    passwords: { currentPassword: string; newPassword: string },
    from: { cookieHeader: string | undefined; address: string; requestId: string },
  ): Promise<void> {
    const { accountId, userId, scope } = caller;
    await this.own.prove(caller, passwords.currentPassword, 'body.currentPassword');
    if (passwords.newPassword === passwords.currentPassword)
      throw refused('body.newPassword', 'another password than the present one');
    const words = [caller.email, caller.name, caller.operatorName];
    await this.rules.check(passwords.newPassword, words, 'body.newPassword');
    const passwordHash = await this.gate.run(() => hashPassword(passwords.newPassword));
    const stays = this.sessions.tokenHash(from.cookieHeader);
    const at = new Date(this.now());
    await this.db.tx(scope, async (sql) => {
      await sql.query(
        'update account_credential set password_hash = $2, password_changed_at = $3 where account_id = $1',
        [accountId, passwordHash, at],
      );
      await sql.query('delete from session where account_id = $1 and token_hash is distinct from $2', [
        accountId,
        stays,
      ]);
      await sql.query('delete from pending_sign_in where account_id = $1', [accountId]);
      await sql.query(
        `update account_link set used_at = $2 where account_id = $1 and purpose = 'reset' and used_at is null`,
        [accountId, at],
      );
      const notice = { kind: 'password-changed', name: caller.name, at: at.toUTCString() } as const;
      await this.outbox.add(sql, { accountId }, caller.email, notice);
      await this.audit.write(
        sql,
        { caller, requestId: from.requestId },
        { verb: 'change-password', subjectType: 'user', subjectId: userId, change: { address: from.address } },
      );
    });
  }
}
