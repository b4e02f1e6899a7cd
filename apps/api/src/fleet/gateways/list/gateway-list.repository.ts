import { Injectable } from '@nestjs/common';
import type { Facet, GatewayFacet, GatewaySummary } from '@loopstart/contracts';
import { Database } from '../../../core/db/database.ts';
import type { Scope } from '../../../core/db/scope.ts';
import { without } from '../../../core/list/conditions.ts';
import { countValues } from '../../../core/list/facet.ts';
import { findPage, type ListPage } from '../../../core/list/list-rows.ts';
import { SqlValues } from '../../../core/list/sql-values.ts';
import { GatewayRepository } from '../gateway.repository.ts';
import { GATEWAY_FACETS_SQL, GATEWAY_ORDER, type GatewayFilter, gatewayRows } from './gateway-filter.ts';

/** Gateways of the whole fleet, filtered and sorted by the database, page by page. */
@Injectable()
export class GatewayListRepository {
  constructor(
    private readonly db: Database,
    private readonly gateways: GatewayRepository,
  ) {}

  list(
    scope: Scope,
    now: Date,
    filter: GatewayFilter,
    page: ListPage,
  ): Promise<{ items: GatewaySummary[]; nextCursor: string | null; total: number }> {
    return this.db.tx(scope, async (sql) => {
      const values = new SqlValues();
      const { ids, ...rest } = await findPage(sql, gatewayRows(now, filter, values), GATEWAY_ORDER, page, values);
      return { items: await this.gateways.summaries(sql, now, ids), ...rest };
    });
  }

  /** Counts gateways by the values of one filter, all other filters applied. */
  facet(scope: Scope, now: Date, filter: GatewayFilter, facet: GatewayFacet): Promise<Facet> {
    const values = new SqlValues();
    const rows = gatewayRows(now, without(filter, facet), values);
    return this.db.tx(scope, (sql) => countValues(sql, rows, GATEWAY_FACETS_SQL[facet], values));
  }
}
