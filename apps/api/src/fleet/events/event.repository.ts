import { Injectable } from '@nestjs/common';
import type { Event, EventFacet, Facet } from '@loopstart/contracts';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { gatewayName } from '../../core/fleet/gateway-name.ts';
import { without } from '../../core/list/conditions.ts';
import { countValues } from '../../core/list/facet.ts';
import { findPage, type ListPage, walkPage } from '../../core/list/list-rows.ts';
import { SqlValues } from '../../core/list/sql-values.ts';
import {
  EVENT_FACETS_SQL,
  EVENT_ORDER,
  EVENTS_MAX,
  type EventFilter,
  eventRows,
  newestEvents,
  NEWEST_FIRST,
} from './event-filter.ts';

/** What gateways said. */
@Injectable()
export class EventRepository {
  constructor(private readonly db: Database) {}

  list(scope: Scope, filter: EventFilter, page: ListPage) {
    return this.db.tx(scope, async (sql) => {
      const values = new SqlValues();
      const { ids, ...rest } =
        page.sort === NEWEST_FIRST
          ? await walkPage(sql, eventRows(filter, values), EVENT_ORDER, page, EVENTS_MAX, values)
          : await findPage(sql, newestEvents(filter, values), EVENT_ORDER, page, values);
      return {
        items: await this.#events(sql, ids),
        ...rest,
        ...(rest.total >= EVENTS_MAX && { totalIsMinimum: true }),
      };
    });
  }

  /** Counts events by the values of one filter, all other filters applied. */
  facet(scope: Scope, filter: EventFilter, facet: EventFacet): Promise<Facet> {
    const values = new SqlValues();
    const rows = newestEvents(without(filter, facet), values);
    return this.db.tx(scope, (sql) => countValues(sql, rows, EVENT_FACETS_SQL[facet], values));
  }

  /** Events in the order of these ids. */
  async #events(sql: Sql, ids: readonly string[]): Promise<Event[]> {
    const { rows } = await sql.query<Omit<Event, 'at' | 'receivedAt'> & { at: Date; receivedAt: Date }>(
      `select e.id, e.gateway_id as "gatewayId", ${gatewayName('g')} as "gatewayName", s.id as "siteId", s.name as "siteName",
         k.id as "customerId", k.name as "customerName", s.time_zone as "timeZone", e.at, e.received_at as "receivedAt", e.kind, e.severity,
         e."position", e.text, e.source, e.detail
       from gateway_event e join gateway g on g.id = e.gateway_id join site s on s.id = e.site_id join customer k on k.id = s.customer_id
       where e.id = any ($1::uuid[]) order by array_position($1::uuid[], e.id)`,
      [ids],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString(), receivedAt: row.receivedAt.toISOString() }));
  }
}
