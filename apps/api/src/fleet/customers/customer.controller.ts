import { Controller, Inject } from '@nestjs/common';
import { type Customer, endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { decodeCursor, likePattern, page } from '../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { found } from '../../core/http/problem-error.ts';
import { AuditService } from '../../identity/audit/index.ts';
import { CustomerRepository } from './customer.repository.ts';

@Controller()
export class CustomerController {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly db: Database,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.listCustomers)
  async list(@Call() { caller, query }: CallOf<typeof endpoints.listCustomers>) {
    const { rows, total } = await this.customers.list(caller.scope, new Date(this.now()), {
      search: likePattern(query.q),
      after: decodeCursor(query.cursor, ['text', 'uuid']),
      limit: query.limit + 1,
    });
    return { ...page(rows, query.limit, (row) => [row.name, row.id]), total };
  }

  @Implements(endpoints.createCustomer)
  async create(@Call() { caller, body, requestId }: CallOf<typeof endpoints.createCustomer>) {
    const id = await this.db.prismaTx(caller.scope, async (prisma) => {
      const customer = await prisma.customer.create({ data: { operatorId: caller.operatorId, ...body } });
      await this.audit.record(
        prisma,
        { caller, requestId },
        { verb: 'create', subjectType: 'customer', subjectId: customer.id, change: body },
      );
      return customer.id;
    });
    return this.#one(caller.scope, id);
  }

  @Implements(endpoints.getCustomer)
  get(@Call() { caller, params }: CallOf<typeof endpoints.getCustomer>) {
    return this.#one(caller.scope, params.customerId);
  }

  @Implements(endpoints.updateCustomer)
  async update(@Call() { caller, params, body, requestId }: CallOf<typeof endpoints.updateCustomer>) {
    await this.db.prismaTx(caller.scope, async (prisma) => {
      await prisma.customer.update({ where: { id: params.customerId, archivedAt: null }, data: body });
      await this.audit.record(
        prisma,
        { caller, requestId },
        { verb: 'update', subjectType: 'customer', subjectId: params.customerId, change: body },
      );
    });
    return this.#one(caller.scope, params.customerId);
  }

  @Implements(endpoints.deleteCustomer)
  async remove(@Call() { caller, params, requestId }: CallOf<typeof endpoints.deleteCustomer>): Promise<void> {
    const { customerId } = params;
    await this.db.tx(caller.scope, async (sql) => {
      await this.customers.archive(sql, customerId, new Date(this.now()));
      await this.audit.write(
        sql,
        { caller, requestId },
        { verb: 'delete', subjectType: 'customer', subjectId: customerId, change: {} },
      );
    });
  }

  async #one(scope: Scope, id: string): Promise<Customer> {
    const { rows } = await this.customers.list(scope, new Date(this.now()), {
      id,
      search: null,
      after: null,
      limit: 1,
    });
    return found(rows[0]);
  }
}
