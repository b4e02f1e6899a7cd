import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database } from '../../core/db/database.ts';
import type { Person } from '../../core/http/implements.ts';
import type { Pace, Try } from '../../core/http/pace.ts';
import { PaceRepository } from '../../core/http/pace.repository.ts';
import { refused } from '../../core/http/refuse.ts';
import { tooFast } from '../../core/http/problem-error.ts';
import { HashGate } from '../../core/session/hash-gate.ts';
import { verifyPassword } from '../../core/session/password.ts';

/** Limits guesses of the current password in a session that was left open. */
const PACE: Pace = { burst: 10, intervalMs: 60_000 };

/** A signed-in person proves once more that they know their password. */
@Injectable()
export class OwnPassword {
  constructor(
    private readonly db: Database,
    private readonly paces: PaceRepository,
    private readonly gate: HashGate,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Throws `invalid-input` at this path where the password is wrong, or `too-many-requests`. */
  async prove({ accountId, scope }: Person, password: string, path: string): Promise<void> {
    const one: Try = { key: `password ${accountId}`, pace: PACE };
    const waitMs = await this.paces.take([one], this.now());
    if (waitMs > 0) throw tooFast(waitMs);
    const kept = await this.db.prismaTx(scope, (prisma) =>
      prisma.accountCredential.findUnique({ where: { accountId } }),
    );
    if (!(await this.gate.run(() => verifyPassword(password, kept?.passwordHash ?? null))))
      throw refused(path, 'your present password');
    await this.paces.forget(one.key);
  }
}
