import { Injectable } from '@nestjs/common';
import type { Overview, PortCounts } from '@loopstart/contracts';
import { Database } from '../../core/db/database.ts';
import { agentState, effectiveGateways, SUM_PORTS } from '../../core/fleet/effective-gateway.ts';
import type { DistrustedGateway, TroubledGateway } from './wrong.ts';

/** Gateways looked into for the list of what is wrong; the counts are over all. */
const TROUBLED_MAX = 100;

export interface Fleet {
  totals: Pick<Overview, 'gateways' | 'agents' | 'sites' | 'customers' | 'activeCalls'> & {
    ports: PortCounts;
    wrongTotal: number;
  };
  troubled: TroubledGateway[];
  distrusted: DistrustedGateway[];
}

/** Sums over an operator's whole fleet: over gateways, never over ports. */
@Injectable()
export class OverviewRepository {
  constructor(private readonly db: Database) {}

  read(operatorId: string, now: Date): Promise<Fleet> {
    return this.db.tx(operatorId, async (sql) => {
      const totals = await sql.query<Fleet['totals']>(
        `with g as materialized (select * from ${effectiveGateways('$1')} e),
         n as (select ${agentState('$1')} as state from agent a where a.revoked_at is null)
         select ${SUM_PORTS} as ports,
           json_build_object('total', count(*), 'reachable', count(*) filter (where reachability = 'reachable'),
             'unreachable', count(*) filter (where reachability = 'unreachable'), 'unknown', count(*) filter (where reachability = 'unknown')) as gateways,
           (coalesce(sum(ports_minor + ports_major + ports_critical), 0) + count(*) filter (where not trusted))::int as "wrongTotal",
           (sum(active_calls) filter (where trusted))::int as "activeCalls",
           (select json_build_object('total', count(*), 'online', count(*) filter (where state = 'online'), 'silent', count(*) filter (where state = 'silent'),
             'neverConnected', count(*) filter (where state = 'never-connected')) from n) as agents,
           (select count(*)::int from site) as sites, (select count(*)::int from customer) as customers
         from g`,
        [now],
      );
      const where = `g.id as "gatewayId", g.name as "gatewayName", s.id as "siteId", s.name as "siteName", k.name as "customerName", s.time_zone as "timeZone"`;
      const distrusted = await sql.query<DistrustedGateway>(
        `select ${where}, g.distrust, g.distrust_since as since from ${effectiveGateways('$1')} g join site s on s.id = g.site_id join customer k on k.id = s.customer_id
         where g.distrust is not null order by g.distrust_since desc nulls last limit ${TROUBLED_MAX}`,
        [now],
      );
      const troubled = await sql.query<TroubledGateway>(
        `select ${where}, c.admin, c.oper, c.hook, c.call, c.registration, c.fault, c.state_since as "stateSince",
           (select json_agg(json_build_object('ordinal', p.ordinal, 'position', p.position, 'label', coalesce(p.label, p.name), 'device', p.line_device_class))
            from port p where p.gateway_id = g.id and p.removed_at is null) as ports
         from (select * from ${effectiveGateways('$1')} e where trusted and ports_minor + ports_major + ports_critical > 0
               order by ports_critical desc, ports_major desc, ports_minor desc, id limit ${TROUBLED_MAX}) g
         join gateway_current c on c.gateway_id = g.id join site s on s.id = g.site_id join customer k on k.id = s.customer_id`,
        [now],
      );
      return { totals: totals.rows[0]!, troubled: troubled.rows, distrusted: distrusted.rows };
    });
  }
}
