import { Injectable } from '@nestjs/common';
import type { Facet, IncidentFacet, IncidentSummary } from '@loopstart/contracts';
import { Database } from '../../../core/db/database.ts';
import type { Scope } from '../../../core/db/scope.ts';
import { without } from '../../../core/list/conditions.ts';
import { countValues } from '../../../core/list/facet.ts';
import { findPage, type ListPage } from '../../../core/list/list-rows.ts';
import { SqlValues } from '../../../core/list/sql-values.ts';
import { IncidentRepository, incidentView } from '../../incidents/index.ts';
import { INCIDENT_FACETS_SQL, INCIDENT_ORDER, type IncidentFilter, incidentRows } from './incident-filter.ts';

/** Incidents of the whole fleet, filtered and sorted by the database, page by page. */
@Injectable()
export class IncidentListRepository {
  constructor(
    private readonly db: Database,
    private readonly incidents: IncidentRepository,
  ) {}

  list(
    scope: Scope,
    now: Date,
    filter: IncidentFilter,
    page: ListPage,
  ): Promise<{ items: IncidentSummary[]; nextCursor: string | null; total: number }> {
    return this.db.tx(scope, async (sql) => {
      const values = new SqlValues();
      const { ids, ...rest } = await findPage(sql, incidentRows(now, filter, values), INCIDENT_ORDER, page, values);
      const rows = new Map((await this.incidents.find(sql, ids)).map((row) => [row.id, row]));
      return { items: ids.map((id) => incidentView(rows.get(id)!, now.getTime())), ...rest };
    });
  }

  /** Counts incidents by the values of one filter, all other filters applied. */
  facet(scope: Scope, now: Date, filter: IncidentFilter, facet: IncidentFacet): Promise<Facet> {
    const values = new SqlValues();
    const rows = incidentRows(now, without(filter, facet), values);
    return this.db.tx(scope, (sql) => countValues(sql, rows, INCIDENT_FACETS_SQL[facet], values));
  }

  /** Ids of all that match, in order of announcement. */
  ids(scope: Scope, now: Date, filter: IncidentFilter): Promise<string[]> {
    const values = new SqlValues();
    const { from, where } = incidentRows(now, filter, values);
    return this.db.tx(scope, async (sql) => {
      const { rows } = await sql.query<{ id: string }>(
        `select i.id from ${from} where ${where} order by i.announced_at, i.id`,
        values.all,
      );
      return rows.map(({ id }) => id);
    });
  }
}
