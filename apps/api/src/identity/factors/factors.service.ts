import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database } from '../../core/db/database.ts';
import { accountAlone } from '../../core/db/scope.ts';
import { refused } from '../../core/http/refuse.ts';
import { tooFast } from '../../core/http/problem-error.ts';
import { SecondStepPace } from '../../core/session/second-step-pace.ts';
import { FactorNotices } from './factor-notices.ts';
import { FactorRepository } from './factor.repository.ts';
import { RecoveryCodeRepository } from './recovery-code.repository.ts';
import { TotpRepository } from './totp.repository.ts';

/** A code that somebody shows, and from where. */
export interface ShownCode {
  accountId: string;
  step: 'totp' | 'recovery-code';
  code: string;
  /** The browser, where it is known for the account. */
  device: string | null;
  address: string;
}

/** What an account has beside its password, and whether somebody has it at hand. */
@Injectable()
export class Factors {
  constructor(
    private readonly db: Database,
    private readonly factors: FactorRepository,
    private readonly totp: TotpRepository,
    private readonly recovery: RecoveryCodeRepository,
    private readonly notices: FactorNotices,
    private readonly pace: SecondStepPace,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Uses the code up. Throws `invalid-input` at `body.code` where it is wrong or was used, or `too-many-requests`. */
  async prove(shown: ShownCode): Promise<void> {
    const { accountId, step, code } = shown;
    const now = this.now();
    const { waitMs, succeeded } = await this.pace.begin(shown, now);
    if (waitMs > 0) throw tooFast(waitMs);
    const verdict = await this.db.tx(accountAlone(accountId), async (sql) => {
      if (step === 'recovery-code') {
        if (!(await this.recovery.use(sql, accountId, code, new Date(now)))) return 'unknown';
        const left = await this.recovery.left(sql, accountId);
        await this.notices.tell(sql, accountId, { kind: 'code-used', left });
        return 'accepted';
      }
      const apps = (await this.factors.all(sql, accountId)).filter(({ kind }) => kind === 'totp');
      const ids = apps.map(({ id }) => id);
      return this.totp.use(sql, accountId, code, ids, now);
    });
    if (verdict !== 'accepted') throw refused('body.code', EXPECTED[verdict]);
    await succeeded();
  }
}

export const EXPECTED = {
  wrong: 'the code that your authenticator app shows now',
  used: 'the next code: this one was used already',
  unknown: 'a recovery code of your present set that was not used yet',
} as const;
