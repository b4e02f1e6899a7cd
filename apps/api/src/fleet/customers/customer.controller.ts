import { Controller, Inject } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { decodeCursor, likePattern, page } from '../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { CustomerRepository } from './customer.repository.ts';
import { CustomerService } from './customer.service.ts';

@Controller()
export class CustomerController {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly service: CustomerService,
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
  create(@Call() call: CallOf<typeof endpoints.createCustomer>) {
    return this.service.create(call, call.body);
  }

  @Implements(endpoints.getCustomer)
  get(@Call() { caller, params }: CallOf<typeof endpoints.getCustomer>) {
    return this.service.one(caller.scope, params.customerId);
  }

  @Implements(endpoints.updateCustomer)
  update(@Call() call: CallOf<typeof endpoints.updateCustomer>) {
    return this.service.update(call, call.params.customerId, call.body);
  }

  @Implements(endpoints.deleteCustomer)
  remove(@Call() call: CallOf<typeof endpoints.deleteCustomer>): Promise<void> {
    return this.service.remove(call, call.params.customerId);
  }
}
