import { Injectable } from '@nestjs/common';
import type { DeliveryFacet, Facet } from '@loopstart/contracts';
import { Database } from '../../../core/db/database.ts';
import type { Scope } from '../../../core/db/scope.ts';
import { without } from '../../../core/list/conditions.ts';
import { countValues } from '../../../core/list/facet.ts';
import { findPage, type ListPage, walkPage } from '../../../core/list/list-rows.ts';
import { SqlValues } from '../../../core/list/sql-values.ts';
import {
  DELIVERIES_MAX,
  DELIVERY_FACETS_SQL,
  DELIVERY_ORDER,
  type DeliveryFilter,
  deliveryRows,
  newestDeliveries,
  NEWEST_FIRST,
} from './delivery-filter.ts';
import { DeliveryLogRepository } from './delivery-log.repository.ts';

/** The deliveries of all channels. */
@Injectable()
export class DeliveryListRepository {
  constructor(
    private readonly db: Database,
    private readonly log: DeliveryLogRepository,
  ) {}

  list(scope: Scope, filter: DeliveryFilter, page: ListPage) {
    return this.db.tx(scope, async (sql) => {
      const values = new SqlValues();
      const { ids, ...rest } =
        page.sort === NEWEST_FIRST
          ? await walkPage(sql, deliveryRows(filter, values), DELIVERY_ORDER, page, DELIVERIES_MAX, values)
          : await findPage(sql, newestDeliveries(filter, values), DELIVERY_ORDER, page, values);
      return {
        items: await this.log.find(sql, ids),
        ...rest,
        ...(rest.total >= DELIVERIES_MAX && { totalIsMinimum: true }),
      };
    });
  }

  /** Counts deliveries by the values of one filter, all other filters applied. */
  facet(scope: Scope, filter: DeliveryFilter, facet: DeliveryFacet): Promise<Facet> {
    const values = new SqlValues();
    const rows = newestDeliveries(without(filter, facet), values);
    return this.db.tx(scope, (sql) => countValues(sql, rows, DELIVERY_FACETS_SQL[facet], values));
  }
}
