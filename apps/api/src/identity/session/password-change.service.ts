import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database } from '../../core/db/database.ts';
import type { Person } from '../../core/http/implements.ts';
import type { Pace, Try } from '../../core/http/pace.ts';
import { PaceRepository } from '../../core/http/pace.repository.ts';
import { refused } from '../../core/http/refuse.ts';
import { HashGate } from '../../core/session/hash-gate.ts';
import { hashPassword, verifyPassword } from '../../core/session/password.ts';
import { SessionService } from '../../core/session/session.service.ts';
import { AuditRepository } from '../audit/index.ts';
import { tooFast } from '../../core/http/problem-error.ts';

/** Limits guesses of the current password in a session that was left open. */
const PACE: Pace = { burst: 10, intervalMs: 60_000 };

/** A person changes their own password. */
@Injectable()
export class PasswordChange {
  constructor(
    private readonly db: Database,
    private readonly sessions: SessionService,
    private readonly paces: PaceRepository,
    private readonly gate: HashGate,
    private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /**
   * Needs the current password, ends every other session of the person, and is audited. Throws `invalid-input` naming
   * the wrong password, or `too-many-requests`.
   */
  async change(
    caller: Person,
    passwords: { currentPassword: string; newPassword: string },
    from: { cookieHeader: string | undefined; address: string; requestId: string },
  ): Promise<void> {
    const { accountId, userId, scope } = caller;
    const one: Try = { key: `password ${accountId}`, pace: PACE };
    const waitMs = await this.paces.take([one], this.now());
    if (waitMs > 0) throw tooFast(waitMs);
    const before = await this.db.prismaTx(scope, (prisma) =>
      prisma.accountCredential.findUnique({ where: { accountId } }),
    );
    if (!(await this.gate.run(() => verifyPassword(passwords.currentPassword, before?.passwordHash ?? null))))
      throw refused('body.currentPassword', 'your present password');
    if (passwords.newPassword === passwords.currentPassword)
      throw refused('body.newPassword', 'another password than the present one');
    const passwordHash = await this.gate.run(() => hashPassword(passwords.newPassword));
    const stays = this.sessions.tokenHash(from.cookieHeader);
    await this.db.prismaTx(scope, async (prisma) => {
      const data = { passwordHash, passwordChangedAt: new Date(this.now()) };
      await prisma.accountCredential.update({ where: { accountId }, data });
      await prisma.session.deleteMany({
        where: { accountId, ...(stays === null ? {} : { NOT: { tokenHash: stays } }) },
      });
      await this.audit.record(
        prisma,
        { caller, requestId: from.requestId },
        { verb: 'change-password', subjectType: 'user', subjectId: userId, change: { address: from.address } },
      );
    });
    await this.paces.forget(one.key);
  }
}
