import { Injectable } from '@nestjs/common';
import type { Port } from '@loopstart/contracts';
import type { LineDeviceClass } from '@loopstart/domain';
import { Database, type Sql } from '../db/database.ts';
import { effectiveGateways } from './effective-gateway.ts';
import { type GatewayContext, PORT_ROW, type PortRow, portView } from './port-view.ts';
import type { Scope } from '../db/scope.ts';

/** What an operator may set on a port; absent: unchanged. */
export interface PortChange {
  label?: string | null | undefined;
  number?: string | null | undefined;
  lineDeviceClass?: LineDeviceClass | undefined;
}

export interface PortFilter {
  gatewayId: string;
  position?: number | undefined;
  limit: number;
}

interface Place {
  gatewayName: string;
  siteId: string;
  siteName: string;
  customerName: string;
}
export type PlacedPort = Port & Place;
type Row = PortRow & GatewayContext & Place;

/** SQL: the severity of port `p` as `portView` computes it. */
const SEVERITY = `case when e.trusted then port_severity(c.admin[p.ordinal + 1], c.oper[p.ordinal + 1], c.hook[p.ordinal + 1], c.call[p.ordinal + 1],
  c.registration[p.ordinal + 1], c.fault[p.ordinal + 1], p.line_device_class) else 'unknown' end`;

/** Ports of a gateway with their present state. */
@Injectable()
export class PortRepository {
  constructor(private readonly db: Database) {}

  /** Up to `limit` ports of a gateway in order of their position; also of a retired one. */
  list(scope: Scope, now: Date, { gatewayId, position, limit }: PortFilter): Promise<PlacedPort[]> {
    return this.db.tx(scope, async (sql) => {
      const { rows } = await sql.query<Row>(
        `select ${PORT_ROW}, e.name as "gatewayName", s.id as "siteId", s.name as "siteName", k.name as "customerName",
           e.distrust, e.distrust_since as "distrustSince", e.observed_at as "observedAt", g.capabilities, c.nulls
         from ${effectiveGateways('$1', { retired: true })} e join site s on s.id = e.site_id join customer k on k.id = s.customer_id join gateway g on g.id = e.id
         join port p on p.gateway_id = e.id left join gateway_current c on c.gateway_id = e.id
         where e.id = $2 and p.removed_at is null and ($3::int is null or p."position" = $3) order by p."position" limit $4`,
        [now, gatewayId, position ?? null, limit],
      );
      return rows.map(toPlacedPort);
    });
  }

  /** Writes the operator's values of a port. Returns the former ones; null where there is no such port. */
  async describe(sql: Sql, gatewayId: string, position: number, change: PortChange): Promise<PortChange | null> {
    const { rows } = await sql.query<PortChange>(
      `with former as (
         select gateway_id, "position", label, number, line_device_class from port
         where gateway_id = $1 and "position" = $2 and removed_at is null for update
       )
       update port p set label = case when $3 then $4 else p.label end, number = case when $5 then $6 else p.number end,
         line_device_class = coalesce($7, p.line_device_class)
       from former f where p.gateway_id = f.gateway_id and p."position" = f."position"
       returning f.label, f.number, f.line_device_class as "lineDeviceClass"`,
      [
        gatewayId,
        position,
        change.label !== undefined,
        change.label ?? null,
        change.number !== undefined,
        change.number ?? null,
        change.lineDeviceClass ?? null,
      ],
    );
    return rows[0] ?? null;
  }

  /** Counts the ports of a gateway by severity again, after a change that affects severity. */
  async recount(sql: Sql, gatewayId: string): Promise<void> {
    await sql.query('select 1 from gateway_current where gateway_id = $1 for update', [gatewayId]);
    await sql.query(
      `update gateway_current c set ports_total = n.total, ports_ok = n.ok, ports_info = n.info, ports_minor = n.minor, ports_major = n.major,
         ports_critical = n.critical, ports_unknown = n.unknown,
         worst = case when n.critical > 0 then 'critical' when n.major > 0 then 'major' when n.minor > 0 then 'minor' when n.unknown > 0 then 'unknown'
           when n.info > 0 then 'info' when n.ok > 0 then 'ok' else 'unknown' end
       from (
         select count(*) as total, count(*) filter (where severity = 'ok') as ok, count(*) filter (where severity = 'info') as info,
           count(*) filter (where severity = 'minor') as minor, count(*) filter (where severity = 'major') as major,
           count(*) filter (where severity = 'critical') as critical, count(*) filter (where severity = 'unknown') as unknown
         from (select ${SEVERITY.replace('e.trusted', 'true')} as severity from port p join gateway_current c on c.gateway_id = p.gateway_id
               where p.gateway_id = $1 and p.removed_at is null) judged
       ) n where c.gateway_id = $1`,
      [gatewayId],
    );
  }
}

function toPlacedPort(row: Row): PlacedPort {
  const { gatewayName, siteId, siteName, customerName } = row;
  return { ...portView(row, row), gatewayName, siteId, siteName, customerName };
}
