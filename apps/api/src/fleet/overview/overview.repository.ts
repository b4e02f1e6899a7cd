import { Injectable } from '@nestjs/common';
import type { Overview, PortCounts } from '@loopstart/contracts';
import {
  countLinesBehind,
  type Explained,
  explainedOf,
  INCIDENT_FIELDS,
  INCIDENT_JOINS,
  type IncidentRow,
  incidentView,
} from '../../alerting/incidents/index.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { agentState, effectiveGateways, SUM_PORTS } from '../../core/fleet/effective-gateway.ts';
import { byUrgency } from './causes.ts';
import type { DistrustedGateway, TroubledGateway } from './wrong.ts';
import { gatewayName } from '../../core/fleet/gateway-name.ts';

/** Gateways looked into for the list of what is wrong; the counts are over all. */
export const TROUBLED_MAX = 100;
/** Causes shown, and lines named of each. */
const CAUSES_MAX = 50;
const FIRST_LINES = 12;

export interface Fleet {
  totals: Pick<Overview, 'gateways' | 'agents' | 'sites' | 'customers' | 'activeCalls'> & {
    ports: PortCounts;
  };
  causes: Overview['causes'];
  causesTotal: number;
  /** What of the troubled and distrusted gateways an open incident takes along. */
  explained: Explained;
  troubled: TroubledGateway[];
  distrusted: DistrustedGateway[];
}

/** What the sums read: the fewer columns of ten thousand gateways are carried along, the faster. */
const SUMMED =
  'e.id, e.site_id, e.reachability, e.trusted, e.distrust, e.distrust_since, e.active_calls, e.ports_total, e.ports_ok, e.ports_info, e.ports_minor, e.ports_major, e.ports_critical, e.ports_unknown';
const NAME = gatewayName('w');
const WHERE = `w.id as "gatewayId", ${NAME} as "gatewayName", s.id as "siteId", s.name as "siteName", k.name as "customerName", s.time_zone as "timeZone"`;

/** What JSON makes of a row: its dates are text. */
type Json<T> = { [K in keyof T]: T[K] extends Date | null ? string | null : T[K] };

/** Sums over an operator's whole fleet: over gateways, never over ports. */
@Injectable()
export class OverviewRepository {
  constructor(private readonly db: Database) {}

  read(scope: Scope, now: Date): Promise<Fleet> {
    return this.db.tx(scope, async (sql) => {
      // One statement, so that the fleet is judged once; Postgres keeps `g` for the three that read it.
      const { rows } = await sql.query<{
        totals: Fleet['totals'];
        distrusted: Json<DistrustedGateway>[] | null;
        troubled: string[] | null;
      }>(
        `with g as materialized (select ${SUMMED} from ${effectiveGateways('$1', { whole: true })} e),
         n as (select ${agentState('$1')} as state from agent a where a.revoked_at is null),
         distrusted as (
           select ${WHERE}, g.distrust, g.distrust_since as since
           from (select * from g where g.distrust is not null order by g.distrust_since desc nulls last limit ${TROUBLED_MAX}) g
           join gateway w on w.id = g.id join site s on s.id = g.site_id join customer k on k.id = s.customer_id
           order by g.distrust_since desc nulls last
         ),
         troubled as (
           select g.id from g where ports_minor + ports_major + ports_critical > 0 order by ports_critical desc, ports_major desc, ports_minor desc, id limit ${TROUBLED_MAX}
         )
         select (select json_agg(d) from distrusted d) as distrusted, (select array_agg(id) from troubled) as troubled,
           json_build_object('ports', ${SUM_PORTS}, 'gateways', json_build_object('total', count(*), 'reachable', count(*) filter (where reachability = 'reachable'),
             'unreachable', count(*) filter (where reachability = 'unreachable'), 'unknown', count(*) filter (where reachability = 'unknown')),
           'activeCalls', case when bool_and(active_calls is not null) filter (where trusted) then sum(active_calls) filter (where trusted) end,
           'agents', (select json_build_object('total', count(*), 'online', count(*) filter (where state = 'online'), 'silent', count(*) filter (where state = 'silent'),
             'neverConnected', count(*) filter (where state = 'never-connected')) from n),
           'sites', (select count(*) from site where archived_at is null), 'customers', (select count(*) from customer where archived_at is null)) as totals
         from g`,
        [now],
      );
      const row = rows[0]!;
      const troubled = await sql.query<TroubledGateway>(
        `select ${WHERE}, c.admin, c.oper, c.hook, c.call, c.registration, c.fault, c.state_since as "stateSince",
           (select json_agg(json_build_object('ordinal', p.ordinal, 'position', p.position, 'label', coalesce(p.label, p.name), 'device', p.line_device_class))
            from port p where p.gateway_id = w.id and p.removed_at is null) as ports
         from gateway w join gateway_current c on c.gateway_id = w.id join site s on s.id = w.site_id join customer k on k.id = s.customer_id
         where w.id = any ($1)`,
        [row.troubled ?? []],
      );
      const distrusted = (row.distrusted ?? []).map((gateway) => ({
        ...gateway,
        since: gateway.since === null ? null : new Date(gateway.since),
      }));
      const explained = await explainedOf(sql, [
        ...troubled.rows.map(({ gatewayId }) => gatewayId),
        ...distrusted.map(({ gatewayId }) => gatewayId),
      ]);
      return { totals: row.totals, troubled: troubled.rows, distrusted, explained, ...(await this.#causes(sql, now)) };
    });
  }

  /** Incidents that are not over with the lines behind them; snoozed ones after all others. */
  async #causes(sql: Sql, now: Date): Promise<Pick<Fleet, 'causes' | 'causesTotal'>> {
    const { rows } = await sql.query<IncidentRow & { total: number }>(
      `select ${INCIDENT_FIELDS}, count(*) over ()::int as total from incident i ${INCIDENT_JOINS} where i.state = 'open'
       order by array_position(array['critical','major','minor','info'], i.severity), i.announced_at desc, i.id limit ${CAUSES_MAX}`,
    );
    const behind = await countLinesBehind(
      sql,
      rows.map((row) => row.id),
      FIRST_LINES,
    );
    const causes = rows.map((row) => ({
      incident: incidentView(row, now.getTime()),
      ...(behind.get(row.id) ?? { lines: 0, lifeSafetyLines: 0, first: [] }),
    }));
    return { causes: causes.sort(byUrgency), causesTotal: rows[0]?.total ?? 0 };
  }
}
