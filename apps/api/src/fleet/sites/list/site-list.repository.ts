import { Injectable } from '@nestjs/common';
import type { Facet, Site, SiteFacet } from '@loopstart/contracts';
import { Database } from '../../../core/db/database.ts';
import type { Scope } from '../../../core/db/scope.ts';
import { without } from '../../../core/list/conditions.ts';
import { countValues } from '../../../core/list/facet.ts';
import { findPage, type ListPage } from '../../../core/list/list-rows.ts';
import { SqlValues } from '../../../core/list/sql-values.ts';
import { SiteRepository } from '../site.repository.ts';
import { SITE_FACET_SQL, SITE_ORDER, type SiteFilter, siteRows } from './site-filter.ts';

/** Sites with their agents and fleets, filtered and sorted by the database, page by page. */
@Injectable()
export class SiteListRepository {
  constructor(
    private readonly db: Database,
    private readonly sites: SiteRepository,
  ) {}

  list(
    scope: Scope,
    now: Date,
    filter: SiteFilter,
    page: ListPage,
  ): Promise<{ items: Site[]; nextCursor: string | null; total: number }> {
    return this.db.tx(scope, async (sql) => {
      const values = new SqlValues();
      const { ids, ...rest } = await findPage(sql, siteRows(now, filter, values), SITE_ORDER, page, values);
      return { items: await this.sites.all(sql, now, ids), ...rest };
    });
  }

  /** Counts sites by the values of one filter, all other filters applied. */
  facet(scope: Scope, now: Date, filter: SiteFilter, facet: SiteFacet): Promise<Facet> {
    const values = new SqlValues();
    const rows = siteRows(now, without(filter, facet), values);
    return this.db.tx(scope, (sql) => countValues(sql, rows, SITE_FACET_SQL[facet], values));
  }
}
