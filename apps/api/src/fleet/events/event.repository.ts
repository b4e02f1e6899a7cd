import { Injectable } from '@nestjs/common';
import type { Event } from '@loopstart/contracts';
import { Database } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { lineageOf, linesOf } from '../../core/fleet/lineage.ts';
import { gatewayName } from '../../core/fleet/gateway-name.ts';

export interface EventFilter {
  search: string | null;
  customerId?: string | undefined;
  siteId?: string | undefined;
  gatewayId?: string | undefined;
  position?: number | undefined;
  kind?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  after: (string | number)[] | null;
  limit: number;
}

/** Beyond this many the exact number is of no use and costs a scan. */
const COUNT_MAX = 10_000;

/** What gateways said. */
@Injectable()
export class EventRepository {
  constructor(private readonly db: Database) {}

  /** Up to `limit` events, newest first; `total` is exact up to 10,000. */
  list(scope: Scope, filter: EventFilter): Promise<{ rows: Event[]; total: number }> {
    return this.db.tx(scope, async (sql) => {
      const match = `e.operator_id = $1 and ($2::uuid is null or e.site_id = $2) and ($3::uuid is null or e.gateway_id = ${lineageOf('$3')})
        and ($4::int is null or case when $3::uuid is null then e."position" = $4 else (e.gateway_id, e."position") in ${linesOf('$3', '$4')} end)
        and ($5::text is null or e.kind = $5) and ($6::timestamptz is null or e.at >= $6) and ($7::timestamptz is null or e.at < $7)
        and ($8::text is null or e.text ilike $8)
        and ($9::uuid is null or e.site_id in (select id from site where customer_id = $9))`;
      const values = [
        scope.operatorId,
        filter.siteId ?? null,
        filter.gatewayId ?? null,
        filter.position ?? null,
        filter.kind ?? null,
        filter.from ?? null,
        filter.to ?? null,
        filter.search,
        filter.customerId ?? null,
      ];
      const { rows } = await sql.query<Event & { at: Date; receivedAt: Date }>(
        `select e.id, e.gateway_id as "gatewayId", ${gatewayName('g')} as "gatewayName", s.id as "siteId", s.name as "siteName",
           s.time_zone as "timeZone", e.at, e.received_at as "receivedAt", e.kind, e.severity, e."position", e.text, e.source, e.detail
         from gateway_event e join gateway g on g.id = e.gateway_id join site s on s.id = e.site_id
         where ${match} and ($10::timestamptz is null or (e.at, e.id) < ($10, $11::uuid))
         order by e.at desc, e.id desc limit $12`,
        [...values, filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.limit],
      );
      const count = await sql.query<{ total: number }>(
        `select count(*)::int as total from (select 1 from gateway_event e where ${match} limit ${COUNT_MAX}) counted`,
        values,
      );
      return {
        rows: rows.map((row) => ({ ...row, at: iso(row.at), receivedAt: iso(row.receivedAt) })),
        total: count.rows[0]?.total ?? 0,
      };
    });
  }
}

function iso(at: Date | string): string {
  return new Date(at).toISOString();
}
