import { Injectable } from '@nestjs/common';
import { Database, type Sql } from '../../core/db/database.ts';
import { type Scope, wholeOperators } from '../../core/db/scope.ts';
import { type Membership, SessionService } from '../../core/session/session.service.ts';
import { type AuditEntry, AuditRepository } from './audit.repository.ts';

type UserEntry = Extract<AuditEntry, { subjectType: 'user' }>;

/** An account with everywhere it works, for changes that concern all of it. */
export interface OwnAccount {
  accountId: string;
  name: string;
  memberships: Membership[];
  scope: Scope;
}

/** Changes of an account: seen by it alone, and on record in every operator where the person works. */
@Injectable()
export class OwnAccounts {
  constructor(
    private readonly db: Database,
    private readonly sessions: SessionService,
    private readonly audit: AuditRepository,
  ) {}

  async of({ accountId, name }: { accountId: string; name: string }): Promise<OwnAccount> {
    const memberships = await this.sessions.membershipsOf(accountId);
    const operatorIds = memberships.map(({ operatorId }) => operatorId);
    return { accountId, name, memberships, scope: wholeOperators(operatorIds).as(accountId) };
  }

  /** Runs the work, and writes one entry a membership, in one transaction. The work throws to change nothing. */
  change<T>(
    account: OwnAccount,
    requestId: string,
    work: (sql: Sql) => Promise<{ result: T; entry: Pick<UserEntry, 'verb' | 'change' | 'before'> | null }>,
  ): Promise<T> {
    return this.db.tx(account.scope, async (sql) => {
      const { result, entry } = await work(sql);
      if (entry !== null)
        for (const { userId, operatorId } of account.memberships)
          await this.audit.write(
            sql,
            { caller: { operatorId, userId, name: account.name }, requestId },
            { ...entry, subjectType: 'user', subjectId: userId },
          );
      return result;
    });
  }
}
