import { Injectable } from '@nestjs/common';
import type { User } from '@loopstart/contracts';
import { methodsOf } from '@loopstart/domain';
import { Database } from '../../core/db/database.ts';
import type { Person } from '../../core/http/implements.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { type SessionOrigin, SessionService, toUser } from '../../core/session/session.service.ts';
import { AuditRepository, former, OwnAccounts } from '../audit/index.ts';
import { SingleSignOnRule } from '../session/index.ts';

/** What a person does with their own account: its name and time zone, and for which operator they work now. */
@Injectable()
export class Profile {
  constructor(
    private readonly db: Database,
    private readonly sessions: SessionService,
    private readonly accounts: OwnAccounts,
    private readonly audit: AuditRepository,
    private readonly singleSignOn: SingleSignOnRule,
  ) {}

  async update(
    caller: Person,
    input: { name?: string | undefined; timeZone?: string | null | undefined },
    requestId: string,
  ): Promise<User> {
    const before = { name: caller.name, timeZone: caller.timeZone };
    const change = Object.fromEntries(
      Object.entries(input).filter(
        ([key, value]) => value !== undefined && value !== before[key as keyof typeof before],
      ),
    );
    const after = { ...before, ...change };
    await this.#checkOwn(caller);
    if (Object.keys(change).length > 0)
      await this.accounts.change(await this.accounts.of(caller), requestId, async (sql) => {
        await sql.query('update account set name = $2, time_zone = $3 where id = $1', [
          caller.accountId,
          after.name,
          after.timeZone,
        ]);
        return { result: undefined, entry: { verb: 'update', change, before: former(before, change) } };
      });
    return toUser({ ...caller, ...after });
  }

  async operators(caller: Person) {
    const memberships = await this.#reached(caller);
    return memberships.map(({ operatorId: id, operatorName: name, role }) => ({
      id,
      name,
      role,
      current: id === caller.operatorId,
    }));
  }

  /**
   * A session in another operator of the same person replaces this one. It keeps how and when the person proved who they
   * are: changing the operator proves nothing anew.
   */
  async switchTo(
    caller: Person,
    operatorId: string,
    from: { origin: SessionOrigin; cookieHeader: string | undefined; requestId: string },
  ): Promise<{ user: User; cookie: string | null }> {
    if (operatorId === caller.operatorId) return { user: toUser(caller), cookie: null };
    const memberships = await this.sessions.membershipsOf(caller.accountId);
    const to = found(memberships.find((one) => one.operatorId === operatorId));
    const present = await this.db.prismaTx(caller.scope, (prisma) =>
      prisma.session.findUnique({ where: { id: caller.sessionId } }),
    );
    if (present === null) throw new ProblemError('not-signed-in');
    const { userId } = to;
    const methods = methodsOf(present.methods);
    await this.singleSignOn.checkSwitch(to, methods, caller.operatorName);
    const opened = await this.sessions.open(
      { accountId: caller.accountId, userId, operatorId },
      { methods, origin: from.origin, authenticatedAt: present.authenticatedAt },
      (prisma, who) =>
        this.audit.record(
          prisma,
          { caller: who, requestId: from.requestId },
          { verb: 'sign-in', subjectType: 'user', subjectId: userId, change: { address: from.origin.address } },
        ),
    );
    await this.sessions.close(from.cookieHeader, caller.scope, (prisma) =>
      this.audit.record(
        prisma,
        { caller, requestId: from.requestId },
        { verb: 'sign-out', subjectType: 'user', subjectId: caller.userId, change: { address: from.origin.address } },
      ),
    );
    return { user: toUser(opened.caller), cookie: opened.cookie };
  }

  /** By the single sign-on of an operator, a person reaches that operator alone: others are not shown to its provider. */
  async #reached(caller: Person) {
    const memberships = await this.sessions.membershipsOf(caller.accountId);
    if (!(await this.#methods(caller)).includes('sso')) return memberships;
    return memberships.filter(({ operatorId }) => operatorId === caller.operatorId);
  }

  /** The account of a person who works elsewhere too is not the provider's to change. */
  async #checkOwn(caller: Person): Promise<void> {
    const memberships = await this.sessions.membershipsOf(caller.accountId);
    if ((await this.#reached(caller)).length < memberships.length)
      throw new ProblemError('not-allowed', {
        detail: `Your account works for another organisation, too. Sign in by password to change it: the single sign-on of ${caller.operatorName} does not reach it.`,
      });
  }

  async #methods(caller: Person) {
    const present = await this.db.prismaTx(caller.scope, (prisma) =>
      prisma.session.findUnique({ where: { id: caller.sessionId }, select: { methods: true } }),
    );
    return methodsOf(present?.methods ?? []);
  }
}
