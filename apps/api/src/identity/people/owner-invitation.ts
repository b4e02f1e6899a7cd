import { Inject, Injectable } from '@nestjs/common';
import type { Invited } from '@loopstart/contracts';
import { OWNER } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import type { Sql } from '../../core/db/database.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { MailOutbox } from '../../core/mail/mail-outbox.ts';
import { LinkTokens } from '../../core/session/link-tokens.ts';
import { InvitationRepository } from './invitation.repository.ts';
import { InvitationSender, VALID_HOURS } from './invitation-sender.ts';

/** The invitation of the first owner of an operator, by the provider: only while the operator has no member. */
@Injectable()
export class OwnerInvitation {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly sender: InvitationSender,
    private readonly outbox: MailOutbox,
    private readonly tokens: LinkTokens,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Earlier invitations end. Throws `already-exists` where the operator has a member: nobody lets themselves in. */
  async invite(
    sql: Sql,
    operator: { operatorId: string; operatorName: string },
    { email, name }: { email: string; name: string },
  ): Promise<Invited> {
    const { operatorId } = operator;
    // Of several at once, one invites after the other.
    await sql.query('select id from operator where id = $1 for update', [operatorId]);
    const { rows } = await sql.query('select id from app_user where operator_id = $1 limit 1', [operatorId]);
    if (rows.length > 0)
      throw new ProblemError('already-exists', { detail: 'The operator has members: they invite each other.' });
    const now = this.now();
    for (const former of await this.invitations.open(sql, operatorId)) {
      await this.invitations.withdraw(sql, former.id, new Date(now));
      if (former.mailId !== null) await this.outbox.drop(sql, former.mailId);
    }
    const id = crypto.randomUUID();
    const made = this.tokens.make();
    await this.invitations.insert(sql, operatorId, {
      id,
      email,
      role: OWNER,
      limitedTo: null,
      tokenHash: made.tokenHash,
      by: { userId: null, name },
      now: new Date(now),
      expiresAt: new Date(now + VALID_HOURS * 3_600_000),
    });
    return this.sender.send(sql, { ...operator, name }, id, made);
  }
}
