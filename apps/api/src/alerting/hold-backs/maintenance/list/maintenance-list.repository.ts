import { Injectable } from '@nestjs/common';
import type { Facet, MaintenanceFacet, MaintenanceWindow } from '@loopstart/contracts';
import { Database, type Sql } from '../../../../core/db/database.ts';
import type { Scope } from '../../../../core/db/scope.ts';
import { without } from '../../../../core/list/conditions.ts';
import { countValues } from '../../../../core/list/facet.ts';
import { findPage, type ListPage } from '../../../../core/list/list-rows.ts';
import { SqlValues } from '../../../../core/list/sql-values.ts';
import { maintenanceView } from '../maintenance-view.ts';
import { MaintenanceRepository } from '../maintenance.repository.ts';
import {
  MAINTENANCE_FACET_SQL,
  MAINTENANCE_ORDER,
  type MaintenanceFilter,
  maintenanceRows,
} from './maintenance-filter.ts';

/** Maintenance windows, filtered and sorted by the database, page by page. */
@Injectable()
export class MaintenanceListRepository {
  constructor(
    private readonly db: Database,
    private readonly windows: MaintenanceRepository,
  ) {}

  list(
    scope: Scope,
    now: Date,
    filter: MaintenanceFilter,
    page: ListPage,
  ): Promise<{ items: MaintenanceWindow[]; nextCursor: string | null; total: number }> {
    return this.db.tx(scope, async (sql) => {
      const all = await this.#all(sql, scope, now);
      const values = new SqlValues();
      const { ids, ...rest } = await findPage(
        sql,
        maintenanceRows(all, filter, values),
        MAINTENANCE_ORDER,
        page,
        values,
      );
      const byId = new Map(all.map((window) => [window.id, window]));
      return { items: ids.map((id) => byId.get(id)!), ...rest };
    });
  }

  /** Counts maintenance windows by the values of one filter, all other filters applied. */
  facet(scope: Scope, now: Date, filter: MaintenanceFilter, facet: MaintenanceFacet): Promise<Facet> {
    return this.db.tx(scope, async (sql) => {
      const values = new SqlValues();
      const rows = maintenanceRows(await this.#all(sql, scope, now), without(filter, facet), values);
      return countValues(sql, rows, MAINTENANCE_FACET_SQL[facet], values);
    });
  }

  /** The state of a window depends on its calendar, which SQL does not know. */
  async #all(sql: Sql, scope: Scope, now: Date): Promise<MaintenanceWindow[]> {
    const windows = await this.windows.all(sql, scope.operatorId);
    return windows.map((window) => maintenanceView(window, now.getTime()));
  }
}
