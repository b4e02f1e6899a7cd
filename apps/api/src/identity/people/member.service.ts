import { Inject, Injectable } from '@nestjs/common';
import type { Member, MemberTies } from '@loopstart/contracts';
import { type MembershipRefusal, refusalOfGrant, refusalOfRemoval, refusalOfRole } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import type { Caller, Person } from '../../core/http/implements.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { Changes } from '../audit/index.ts';
import { Departure } from './departure.ts';
import { actorOf, type ByPerson, copyOf, Grants, type WantedRole } from './grants.ts';
import { factsOf, MemberRepository, toMember } from './member.repository.ts';
import { PersonTies } from './person-ties.ts';

type ChangedMember = Omit<Member, 'factor'>;

/** Who belongs to an operator, and as what. */
@Injectable()
export class MemberService {
  constructor(
    private readonly db: Database,
    private readonly members: MemberRepository,
    private readonly grants: Grants,
    private readonly personTies: PersonTies,
    private readonly changes: Changes,
    private readonly departure: Departure,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** What names the member. Throws `not-found`. */
  ties({ scope, operatorId }: Caller, userId: string): Promise<MemberTies> {
    return this.db.tx(scope, async (sql) => {
      found((await this.members.some(sql, operatorId, [userId]))[0]);
      return { items: await this.personTies.of(sql, operatorId, userId, this.now()) };
    });
  }

  changeRole(by: ByPerson, userId: string, input: WantedRole): Promise<ChangedMember> {
    return this.changes.make(by, async (sql) => {
      const { row, ...attempt } = await this.#attempt(sql, by.caller, userId);
      found(row.removedAt === null ? row : null);
      const wanted = await this.grants.wanted(sql, input);
      refuseWith(refusalOfRole(attempt, wanted));
      const change = { name: row.name, role: input.role, limitedTo: copyOf(input.limitedTo) };
      const before = { role: row.role, limitedTo: copyOf(row.limitedTo) };
      const result = toMember({ ...row, ...wanted });
      if (JSON.stringify({ ...before, name: row.name }, KEYS) === JSON.stringify(change, KEYS))
        return { result, audit: null };
      await this.members.setRole(sql, userId, input.role, input.limitedTo);
      return { result, audit: { verb: 'change-role', subjectType: 'user', subjectId: userId, change, before } };
    });
  }

  /** Ends the membership and everything that names the person as somebody to notify, in one transaction. */
  remove(by: ByPerson, userId: string): Promise<void> {
    const now = this.now();
    const { operatorId, accountId } = by.caller;
    // Whoever leaves, leaves everywhere: also where a colleague who is limited to places sees nothing.
    const everywhere = { ...by, caller: { ...by.caller, scope: wholeOperator(operatorId).as(accountId) } };
    return this.changes.make(everywhere, async (sql) => {
      const { row, ...attempt } = await this.#attempt(sql, by.caller, userId);
      refuseWith(refusalOfRemoval(attempt));
      if (row.removedAt !== null) return { result: undefined, audit: null };
      return {
        result: undefined,
        // Lists of incidents, schedules and policies show the person no more.
        live: [{ type: 'resync' }],
        audit: await this.departure.of(sql, everywhere, row, now),
      };
    });
  }

  restore(by: ByPerson, userId: string): Promise<ChangedMember> {
    return this.changes.make(by, async (sql) => {
      const { row, actor, member, ownSiteIds } = await this.#attempt(sql, by.caller, userId);
      refuseWith(refusalOfGrant(actor, member, ownSiteIds));
      const result = toMember({ ...row, removedAt: null });
      if (row.removedAt === null) return { result, audit: null };
      await this.members.restore(sql, userId);
      return {
        result,
        audit: { verb: 'restore', subjectType: 'user', subjectId: userId, change: { name: row.name, role: row.role } },
      };
    });
  }

  /** The facts of a change of a member, locked. Throws `not-found`. */
  async #attempt(sql: Sql, caller: Person, userId: string) {
    const { row, owners } = found(await this.members.lock(sql, caller.operatorId, userId));
    const ownSiteIds = await this.grants.ownSiteIds(sql, caller);
    return { row, actor: actorOf(caller), member: factsOf(row), owners, ownSiteIds };
  }
}

const KEYS = ['name', 'role', 'limitedTo', 'customerIds', 'siteIds', 'tags'];

/** Throws the problem of a refusal. */
export function refuseWith(refusal: MembershipRefusal | null): void {
  if (refusal !== null) throw new ProblemError(refusal, { detail: SENTENCES[refusal] });
}

const SENTENCES: Record<MembershipRefusal, string> = {
  'own-membership': 'Ask a colleague: nobody changes their own role or removes themselves.',
  'beyond-own-rights':
    'Nobody gives, changes or takes rights that they do not have. Only an owner makes, changes, removes or restores an owner.',
  'last-owner': 'This is the last owner. Make another person an owner first.',
};
