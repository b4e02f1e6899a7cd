import { Injectable } from '@nestjs/common';
import type { Alert, AlertFacet, Facet } from '@loopstart/contracts';
import { Database } from '../../../core/db/database.ts';
import type { Scope } from '../../../core/db/scope.ts';
import { without } from '../../../core/list/conditions.ts';
import { countValues } from '../../../core/list/facet.ts';
import { findPage, type ListPage } from '../../../core/list/list-rows.ts';
import { SqlValues } from '../../../core/list/sql-values.ts';
import { ALERT_FACETS_SQL, ALERT_ORDER, type AlertFilter, alertRows } from './alert-filter.ts';
import { AlertQueries } from './alert.queries.ts';

/** Alerts of the whole fleet, suppressed ones included. */
@Injectable()
export class AlertListRepository {
  constructor(
    private readonly db: Database,
    private readonly alerts: AlertQueries,
  ) {}

  list(
    scope: Scope,
    filter: AlertFilter,
    page: ListPage,
  ): Promise<{ items: Alert[]; nextCursor: string | null; total: number }> {
    return this.db.tx(scope, async (sql) => {
      const values = new SqlValues();
      const { ids, ...rest } = await findPage(sql, alertRows(filter, values), ALERT_ORDER, page, values);
      return { items: await this.alerts.find(sql, ids), ...rest };
    });
  }

  /** Counts alerts by the values of one filter, all other filters applied. */
  facet(scope: Scope, filter: AlertFilter, facet: AlertFacet): Promise<Facet> {
    const values = new SqlValues();
    const rows = alertRows(without(filter, facet), values);
    return this.db.tx(scope, (sql) => countValues(sql, rows, ALERT_FACETS_SQL[facet], values));
  }
}
