import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../core/clock.ts';
import type { Sql } from '../../core/db/database.ts';
import { MailOutbox } from '../../core/mail/mail-outbox.ts';

/** What became of the second factors of an account. */
export type FactorNotice =
  | { kind: 'factor-added' | 'factor-removed'; factor: string }
  | { kind: 'codes-renewed' }
  | { kind: 'code-used'; left: number };

/** Mails to a person whose second factors change, so that a change by somebody else does not stay unseen. */
@Injectable()
export class FactorNotices {
  constructor(
    private readonly outbox: MailOutbox,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** In the transaction of the change, which sees the account. */
  async tell(sql: Sql, accountId: string, notice: FactorNotice): Promise<void> {
    const { rows } = await sql.query<{ name: string; email: string }>('select name, email from account where id = $1', [
      accountId,
    ]);
    const { name, email } = rows[0]!;
    const at = new Date(this.now()).toUTCString();
    await this.outbox.add(sql, { accountId }, email, { ...notice, name, at });
  }
}
