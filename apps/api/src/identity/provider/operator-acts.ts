import { Inject, Injectable } from '@nestjs/common';
import type { ProviderOperator } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import type { Person } from '../../core/http/implements.ts';
import { found } from '../../core/http/problem-error.ts';
import { type AuditEntry, AuditRepository } from '../audit/index.ts';
import { ProviderRepository } from './provider.repository.ts';

export interface ByProvider {
  caller: Person;
  requestId: string;
}

type OperatorAct = Extract<AuditEntry, { subjectType: 'operator' }>['verb'];

/** An act as its work reports it; null: nothing changed. */
interface Acted<T> {
  result: T;
  change: Record<string, string | number | null> | null;
  before?: Record<string, string | number | null>;
}

/** Acts of the provider on an operator, each in the provider's trail and in that of the operator. */
@Injectable()
export class OperatorActs {
  constructor(
    private readonly db: Database,
    private readonly operators: ProviderRepository,
    private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async one(sql: Sql, operatorId: string): Promise<ProviderOperator> {
    return found((await this.operators.operators(sql, operatorId))[0]);
  }

  /** The work with both entries, in one transaction that may write rows of this operator alone. */
  act<T>(
    { caller, requestId }: ByProvider,
    operatorId: string,
    verb: OperatorAct,
    work: (sql: Sql) => Promise<Acted<T>>,
  ): Promise<T> {
    return this.db.tx(wholeOperator(operatorId).as(caller.accountId), async (sql) => {
      const { result, change, before } = await work(sql);
      if (change === null) return result;
      await this.operators.record(sql, verb, operatorId, change, new Date(this.now()));
      await this.audit.write(
        sql,
        // The provider is no member: by name alone.
        { caller: { operatorId, userId: null, name: `${caller.name} (provider)` }, requestId },
        { verb, subjectType: 'operator', subjectId: operatorId, change, ...(before !== undefined && { before }) },
      );
      return result;
    });
  }
}
