import { Inject, Injectable } from '@nestjs/common';
import type { Customer } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import type { Scope } from '../../core/db/scope.ts';
import { found } from '../../core/http/problem-error.ts';
import { type By, Changes, former } from '../../identity/audit/index.ts';
import { type CustomerChange, CustomerRepository, type NewCustomer } from './customer.repository.ts';

const SUBJECT = 'customer';

/** Changes of customers, each audited. */
@Injectable()
export class CustomerService {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async one(scope: Scope, id: string): Promise<Customer> {
    return found(await this.customers.one(scope, new Date(this.now()), id));
  }

  async create(by: By, input: NewCustomer): Promise<Customer> {
    const id = await this.changes.makeInPrisma(by, async (prisma) => {
      const result = await this.customers.create(prisma, by.caller.operatorId, input);
      return { result, audit: { verb: 'create', subjectType: SUBJECT, subjectId: result, change: input } };
    });
    return this.one(by.caller.scope, id);
  }

  async update(by: By, id: string, change: CustomerChange): Promise<Customer> {
    await this.changes.makeInPrisma(by, async (prisma) => {
      const before = former(await this.customers.update(prisma, id, change), change);
      return { result: undefined, audit: { verb: 'update', subjectType: SUBJECT, subjectId: id, change, before } };
    });
    return this.one(by.caller.scope, id);
  }

  remove(by: By, id: string): Promise<void> {
    return this.changes.make(by, async (sql) => {
      await this.customers.archive(sql, id, new Date(this.now()));
      return { result: undefined, audit: { verb: 'delete', subjectType: SUBJECT, subjectId: id, change: {} } };
    });
  }
}
