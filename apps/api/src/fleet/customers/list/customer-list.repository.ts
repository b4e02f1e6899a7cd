import { Injectable } from '@nestjs/common';
import type { Customer, CustomerFacet, Facet } from '@loopstart/contracts';
import { Database } from '../../../core/db/database.ts';
import type { Scope } from '../../../core/db/scope.ts';
import { without } from '../../../core/list/conditions.ts';
import { countValues } from '../../../core/list/facet.ts';
import { findPage, type ListPage } from '../../../core/list/list-rows.ts';
import { SqlValues } from '../../../core/list/sql-values.ts';
import { CustomerRepository } from '../customer.repository.ts';
import { CUSTOMER_FACET_SQL, CUSTOMER_ORDER, type CustomerFilter, customerRows } from './customer-filter.ts';

/** Customers with their fleets, filtered and sorted by the database, page by page. */
@Injectable()
export class CustomerListRepository {
  constructor(
    private readonly db: Database,
    private readonly customers: CustomerRepository,
  ) {}

  list(
    scope: Scope,
    now: Date,
    filter: CustomerFilter,
    page: ListPage,
  ): Promise<{ items: Customer[]; nextCursor: string | null; total: number }> {
    return this.db.tx(scope, async (sql) => {
      const values = new SqlValues();
      const { ids, ...rest } = await findPage(sql, customerRows(now, filter, values), CUSTOMER_ORDER, page, values);
      return { items: await this.customers.all(sql, now, ids), ...rest };
    });
  }

  /** Counts customers by the values of one filter, all other filters applied. */
  facet(scope: Scope, now: Date, filter: CustomerFilter, facet: CustomerFacet): Promise<Facet> {
    const values = new SqlValues();
    const rows = customerRows(now, without(filter, facet), values);
    return this.db.tx(scope, (sql) => countValues(sql, rows, CUSTOMER_FACET_SQL[facet], values));
  }
}
