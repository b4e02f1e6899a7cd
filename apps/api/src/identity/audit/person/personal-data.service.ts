import { Inject, Injectable } from '@nestjs/common';
import type { PersonalData } from '@loopstart/contracts';
import { ERASED_NAME } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { Database } from '../../../core/db/database.ts';
import { wholeOperator } from '../../../core/db/scope.ts';
import { found, ProblemError } from '../../../core/http/problem-error.ts';
import { refused } from '../../../core/http/refuse.ts';
import { AuditRepository } from '../audit.repository.ts';
import type { By } from '../changes.ts';
import { AuditListRepository } from '../list/audit-list.repository.ts';
import { type Member, PersonRepository } from './person.repository.ts';

/** Entries in one export. */
const ENTRIES_MAX = 5_000;

/** What is kept about one person: given to them, or erased. */
@Injectable()
export class PersonalDataService {
  constructor(
    private readonly db: Database,
    private readonly people: PersonRepository,
    private readonly entries: AuditListRepository,
    private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** The export is on record before it leaves. Throws `not-found`. */
  async export(by: By, userId: string): Promise<PersonalData> {
    const { operatorId, scope } = by.caller;
    const { member, ...kept } = await this.db.tx(scope, async (sql) => {
      const member = found(await this.people.member(sql, operatorId, userId));
      await this.audit.write(sql, by, { verb: 'export', subjectType: 'person', subjectId: userId, change: {} });
      return {
        member,
        sessions: await this.people.sessions(sql, operatorId, userId),
        identities: await this.people.identities(sql, operatorId, userId),
        directories: await this.people.directories(sql, operatorId, userId),
      };
    });
    const factors = await this.#factors(operatorId, member.accountId);
    const filter = { words: null, person: userId };
    const page = await this.entries.list(scope, filter, { sort: '-at', cursor: undefined, limit: ENTRIES_MAX });
    const { accountId: _, memberSince, removedAt, ...person } = member;
    return {
      person: { ...person, memberSince: memberSince.toISOString(), removedAt: removedAt?.toISOString() ?? null },
      ...kept,
      ...factors,
      entries: page.items,
      entriesTotal: page.total,
    };
  }

  /** They belong to the account: only a transaction of that account sees them. */
  #factors(operatorId: string, accountId: string): Promise<Pick<PersonalData, 'factors' | 'recoveryCodesLeft'>> {
    return this.db.tx(wholeOperator(operatorId).as(accountId), async (sql) =>
      (await this.people.worksElsewhere(sql, accountId, operatorId))
        ? { factors: null, recoveryCodesLeft: null }
        : this.people.factors(sql, accountId),
    );
  }

  /**
   * For good. Throws `not-found`, `invalid-input` where the name is another, or `in-use` for oneself and for an owner,
   * who may be the last.
   */
  async erase(by: By, userId: string, name: string): Promise<{ entries: number; accountErased: boolean }> {
    const { operatorId, scope } = by.caller;
    const member = await this.db.tx(scope, async (sql) => found(await this.people.member(sql, operatorId, userId)));
    refuse(by, member, name);
    // The account belongs to the person: only a transaction of that account changes it.
    return this.db.tx(wholeOperator(operatorId).as(member.accountId), async (sql) => {
      const accountErased = !(await this.people.worksElsewhere(sql, member.accountId, operatorId));
      await this.people.endMembership(sql, operatorId, userId, new Date(this.now()));
      if (accountErased) await this.people.eraseAccount(sql, member.accountId);
      const entries = await this.people.eraseEntries(sql, operatorId, userId);
      const change = { entries, account: accountErased };
      await this.audit.write(sql, by, { verb: 'erase', subjectType: 'person', subjectId: userId, change });
      return { entries, accountErased };
    });
  }
}

function refuse({ caller }: By, { userId, role, name, removedAt }: Member, given: string): void {
  if (userId === caller.userId) throw new ProblemError('in-use', { detail: 'Another person has to erase you.' });
  if (role === 'owner' && removedAt === null)
    throw new ProblemError('in-use', { detail: 'This person is an owner. Give them another role first.' });
  if (name !== given && name !== ERASED_NAME) throw refused('body.name', 'the present name of the person');
}
