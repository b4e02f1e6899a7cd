import { Inject, Injectable } from '@nestjs/common';
import type { Invitation, Invited } from '@loopstart/contracts';
import { refusalOfGrant } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Caller, Person } from '../../core/http/implements.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { tooFast } from '../../core/http/problem-error.ts';
import { MailOutbox } from '../../core/mail/mail-outbox.ts';
import { LinkPace } from '../../core/session/link-pace.ts';
import { LinkTokens } from '../../core/session/link-tokens.ts';
import { Changes } from '../audit/index.ts';
import { InvitationRepository, toInvitation } from './invitation.repository.ts';
import { InvitationSender, VALID_HOURS } from './invitation-sender.ts';
import { actorOf, type ByPerson, Grants, type WantedRole } from './grants.ts';
import { refuseWith } from './member.service.ts';

/** Inviting people by e-mail. Where the installation sends no mail, the inviter gets the link to hand over. */
@Injectable()
export class InvitationService {
  constructor(
    private readonly db: Database,
    private readonly invitations: InvitationRepository,
    private readonly changes: Changes,
    private readonly outbox: MailOutbox,
    private readonly sender: InvitationSender,
    private readonly grants: Grants,
    private readonly tokens: LinkTokens,
    private readonly pace: LinkPace,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async list({ scope, operatorId }: Caller): Promise<Invitation[]> {
    const rows = await this.db.tx(scope, (sql) => this.invitations.open(sql, operatorId));
    return rows.map((row) => toInvitation(row, this.now()));
  }

  async create(by: ByPerson, { email, role, limitedTo }: WantedRole & { email: string }): Promise<Invited> {
    await this.#pace(email);
    const { operatorId, userId, name } = by.caller;
    const now = this.now();
    const id = crypto.randomUUID();
    const made = this.tokens.make();
    const { tokenHash } = made;
    const expiresAt = new Date(now + VALID_HOURS * 3_600_000);
    return this.changes.make(by, async (sql) => {
      await this.#mayGrant(sql, by.caller, { role, limitedTo });
      const { rows } = await sql.query(
        'select id from person where operator_id = $1 and lower(email) = $2 and removed_at is null',
        [operatorId, email],
      );
      if (rows.length > 0) throw new ProblemError('already-exists', { detail: `${email} is a member already.` });
      await this.invitations.endExpired(sql, operatorId, email, new Date(now));
      await this.invitations
        .insert(sql, operatorId, {
          id,
          email,
          role,
          limitedTo,
          tokenHash,
          by: { userId, name },
          now: new Date(now),
          expiresAt,
        })
        .catch((error: unknown) => {
          if ((error as { code?: string }).code !== '23505') throw error;
          throw new ProblemError('already-exists', {
            detail: `${email} is invited already. Send the invitation again.`,
          });
        });
      const result = await this.sender.send(sql, by.caller, id, made);
      const change = { email, role, ...(limitedTo !== null && { limitedTo }) };
      return { result, audit: { verb: 'create', subjectType: 'invitation', subjectId: id, change } };
    });
  }

  /** A new link replaces the old one. */
  async resend(by: ByPerson, id: string): Promise<Invited> {
    const { operatorId } = by.caller;
    const made = this.tokens.make();
    return this.changes.make(by, async (sql) => {
      const row = found(await this.invitations.lock(sql, operatorId, id));
      await this.#mayGrant(sql, by.caller, row);
      await this.#pace(row.email);
      await this.invitations.renew(sql, id, made.tokenHash, new Date(this.now() + VALID_HOURS * 3_600_000));
      if (row.mailId !== null) await this.outbox.drop(sql, row.mailId);
      const result = await this.sender.send(sql, by.caller, id, made);
      return {
        result,
        audit: { verb: 'resend', subjectType: 'invitation', subjectId: id, change: { email: row.email } },
      };
    });
  }

  withdraw(by: ByPerson, id: string): Promise<void> {
    return this.changes.make(by, async (sql) => {
      const row = found(await this.invitations.lock(sql, by.caller.operatorId, id));
      await this.invitations.withdraw(sql, id, new Date(this.now()));
      if (row.mailId !== null) await this.outbox.drop(sql, row.mailId);
      return {
        result: undefined,
        audit: { verb: 'withdraw', subjectType: 'invitation', subjectId: id, change: { email: row.email } },
      };
    });
  }

  async #pace(email: string): Promise<void> {
    if (!(await this.pace.mail(email, this.now()))) throw tooFast(10 * 60_000);
  }

  /** Throws where the role or its places are none, or more than the caller has. */
  async #mayGrant(sql: Sql, caller: Person, asked: WantedRole): Promise<void> {
    const wanted = await this.grants.wanted(sql, asked);
    refuseWith(refusalOfGrant(actorOf(caller), wanted, await this.grants.ownSiteIds(sql, caller)));
  }
}
