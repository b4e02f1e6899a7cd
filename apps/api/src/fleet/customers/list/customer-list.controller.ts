import { Controller, Inject, type StreamableFile } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { likeWords } from '../../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { csvList } from '../../../core/list/csv-file.ts';
import { CUSTOMER_CSV } from './customer-csv.ts';
import { CustomerListRepository } from './customer-list.repository.ts';

/** Customers with their fleets. */
@Controller()
export class CustomerListController {
  constructor(
    private readonly customers: CustomerListRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.listCustomers)
  list(@Call() { caller, query }: CallOf<typeof endpoints.listCustomers>) {
    const { q, sort = 'name', cursor, limit, ...filter } = query;
    const page = { sort, cursor, limit };
    return this.customers.list(caller.scope, new Date(this.now()), { ...filter, words: likeWords(q) }, page);
  }

  @Implements(endpoints.getCustomerFacet)
  facet(@Call() { caller, query: { q, facet, ...filter } }: CallOf<typeof endpoints.getCustomerFacet>) {
    return this.customers.facet(caller.scope, new Date(this.now()), { ...filter, words: likeWords(q) }, facet);
  }

  @Implements(endpoints.exportCustomers)
  export(@Call() { caller, query }: CallOf<typeof endpoints.exportCustomers>): StreamableFile {
    const { q, sort = 'name', columns, ...filter } = query;
    const [now, asked] = [new Date(this.now()), { ...filter, words: likeWords(q) }];
    return csvList('customers', CUSTOMER_CSV, columns, (page) =>
      this.customers.list(caller.scope, now, asked, { sort, ...page }),
    );
  }
}
