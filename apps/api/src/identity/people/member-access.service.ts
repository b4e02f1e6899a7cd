import { Inject, Injectable } from '@nestjs/common';
import { refusalOfGrant, requiresFactor } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { MailOutbox } from '../../core/mail/mail-outbox.ts';
import { SessionService } from '../../core/session/session.service.ts';
import { AuditRepository, Changes } from '../audit/index.ts';
import { forgetFactors } from '../factors/index.ts';
import { actorOf, type ByPerson, Grants } from './grants.ts';
import { factsOf, MemberRepository, type MemberRow } from './member.repository.ts';
import { refuseWith } from './member.service.ts';

/** How a colleague gets in: their sessions, identities elsewhere, and second factors that they have lost. */
@Injectable()
export class MemberAccess {
  constructor(
    private readonly db: Database,
    private readonly members: MemberRepository,
    private readonly sessions: SessionService,
    private readonly grants: Grants,
    private readonly changes: Changes,
    private readonly audit: AuditRepository,
    private readonly outbox: MailOutbox,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Ends the sessions in this operator. */
  endSessions(by: ByPerson, userId: string): Promise<{ ended: number }> {
    return this.changes.make(by, async (sql) => {
      const { name } = await this.#member(sql, by, userId);
      const { rowCount } = await sql.query('delete from session where user_id = $1', [userId]);
      const change = { name, ended: rowCount ?? 0 };
      const audit = { verb: 'end-sessions', subjectType: 'user', subjectId: userId, change } as const;
      return { result: { ended: rowCount ?? 0 }, audit };
    });
  }

  /**
   * Removes second factors and recovery codes, ends all sessions, and tells the person. Throws `in-use` where they work
   * elsewhere, too: one operator must not weaken how they get into another.
   */
  async resetFactors(by: ByPerson, userId: string): Promise<void> {
    const { operatorId, operatorName: operator } = by.caller;
    const { accountId, email, name, role } = await this.db.tx(by.caller.scope, (sql) => this.#member(sql, by, userId));
    const memberships = await this.sessions.membershipsOf(accountId);
    if (memberships.some((one) => one.operatorId !== operatorId))
      throw new ProblemError('in-use', {
        detail: `${name} works for another organisation, too. A recovery code lets them in; a new app is added on their profile page.`,
      });
    const { policy } = await this.sessions.policyFor(operatorId, accountId);
    const required = requiresFactor(policy, role);
    // What proves a person belongs to their account: only a transaction of that account changes it.
    await this.db.tx(wholeOperator(operatorId).as(accountId), async (sql) => {
      await forgetFactors(sql, accountId);
      await sql.query('delete from session where account_id = $1', [accountId]);
      const at = new Date(this.now()).toUTCString();
      await this.outbox.add(sql, { operatorId }, email, { kind: 'factors-reset', name, operator, at, required });
      await this.audit.write(sql, by, {
        verb: 'reset-factors',
        subjectType: 'user',
        subjectId: userId,
        change: { name },
      });
    });
  }

  /** For an identity that was linked to the wrong member: what it opened is ended with it. */
  unlink(by: ByPerson, userId: string): Promise<{ unlinked: number }> {
    return this.changes.make(by, async (sql) => {
      const { name } = await this.#member(sql, by, userId);
      const { rowCount } = await sql.query('delete from sso_identity where user_id = $1', [userId]);
      const unlinked = rowCount ?? 0;
      if (unlinked === 0) return { result: { unlinked }, audit: [] };
      await sql.query('delete from session where user_id = $1', [userId]);
      const audit = { verb: 'unlink', subjectType: 'user', subjectId: userId, change: { name, unlinked } } as const;
      return { result: { unlinked }, audit };
    });
  }

  /** A member of today whose rights the caller has, too. */
  async #member(sql: Sql, { caller }: ByPerson, userId: string): Promise<MemberRow> {
    const { row } = found(await this.members.lock(sql, caller.operatorId, userId));
    found(row.removedAt === null ? row : null);
    if (userId === caller.userId)
      throw new ProblemError('own-membership', {
        detail: 'Your own sessions and second factors are on your profile page.',
      });
    refuseWith(refusalOfGrant(actorOf(caller), factsOf(row), await this.grants.ownSiteIds(sql, caller)));
    return row;
  }
}
