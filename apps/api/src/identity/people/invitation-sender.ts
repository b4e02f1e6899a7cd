import { Inject, Injectable } from '@nestjs/common';
import type { Invited } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import type { Sql } from '../../core/db/database.ts';
import { found } from '../../core/http/problem-error.ts';
import { MailOutbox } from '../../core/mail/mail-outbox.ts';
import { LinkTokens } from '../../core/session/link-tokens.ts';
import { InvitationRepository, titleOf, toInvitation } from './invitation.repository.ts';

export const VALID_HOURS = 72;

/** Sends the link of an invitation by mail; where the installation sends none, it is handed over. */
@Injectable()
export class InvitationSender {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly outbox: MailOutbox,
    private readonly tokens: LinkTokens,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async send(
    sql: Sql,
    { operatorId, operatorName, name }: { operatorId: string; operatorName: string; name: string },
    id: string,
    made: ReturnType<LinkTokens['make']>,
  ): Promise<Invited> {
    const row = found(await this.invitations.lock(sql, operatorId, id));
    const facts = {
      kind: 'invitation',
      operator: operatorName,
      by: name,
      role: (titleOf(row.role, row.ownRoleName) ?? row.role).toLowerCase(),
      hours: VALID_HOURS,
    } as const;
    const link = { id: made.id, tokenHash: made.tokenHash, expiresAt: row.expiresAt.getTime() };
    const mailId = await this.outbox.add(sql, { operatorId }, row.email, facts, link);
    await this.invitations.setMail(sql, id, mailId);
    const sent = found(await this.invitations.lock(sql, operatorId, id));
    return {
      invitation: toInvitation(sent, this.now()),
      link: mailId === null ? this.tokens.url('invitation', made.token) : null,
    };
  }
}
