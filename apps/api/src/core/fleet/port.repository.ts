import { Injectable } from '@nestjs/common';
import type { Port } from '@loopstart/contracts';
import type { LineDeviceClass, Severity } from '@loopstart/domain';
import { Database, type Sql } from '../db/database.ts';
import { effectiveGateways } from './effective-gateway.ts';
import { type GatewayContext, PORT_ROW, type PortRow, portView } from './port-view.ts';
import type { Scope } from '../db/scope.ts';

/** What an operator may say of a port; absent: as it was. */
export interface PortChange {
  label?: string | null | undefined;
  number?: string | null | undefined;
  lineDeviceClass?: LineDeviceClass | undefined;
}

export interface PortFilter {
  gatewayId?: string | undefined;
  position?: number | undefined;
  customerId?: string | undefined;
  siteId?: string | undefined;
  lineDeviceClass?: string | undefined;
  severity?: readonly Severity[] | undefined;
  kind?: string | undefined;
  /** Patterns that all have to match something of the line: its names and numbers, its gateway, its site or its customer. */
  search: readonly string[] | null;
  /** Gateway name, gateway id, position. */
  after: (string | number)[] | null;
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

/** SQL: the severity of port `p` as `portView` judges it. */
const SEVERITY = `case when e.trusted then port_severity(c.admin[p.ordinal + 1], c.oper[p.ordinal + 1], c.hook[p.ordinal + 1], c.call[p.ordinal + 1],
  c.registration[p.ordinal + 1], c.fault[p.ordinal + 1], p.line_device_class) else 'unknown' end`;

const FLEET = `${effectiveGateways('$1', { retired: true })} e join site s on s.id = e.site_id join customer k on k.id = s.customer_id`;

/** SQL over gateways `e`: those that can have a wanted port at all, so that few arrays are looked into. */
const gatewayMatch = (matching: string | null): string =>
  `($2::uuid is null or e.id = $2) and ($3::uuid is null or s.customer_id = $3) and ($4::uuid is null or e.site_id = $4)
   and (e.retired_at is null or $2::uuid is not null)
   ${matching === null ? '' : `and ${matching} > 0`}`;

/** SQL over ports `p` of gateways `e` with their arrays `c`. */
const PORT_MATCH = `p.removed_at is null and ($5::int is null or p."position" = $5) and ($6::text is null or p.line_device_class = $6)
  and ($7::text is null or p.kind = $7) and ($8::text[] is null or ${SEVERITY} = any ($8))
  and ($9::text[] is null or concat_ws(' ', p.label, p.number, p.reported_number, p.name, e.name, e.place) ilike all ($9))`;

/** Ports with their present state, of one gateway or of all. */
@Injectable()
export class PortRepository {
  constructor(private readonly db: Database) {}

  /** Up to `limit` ports in order of gateway name and position; `total` counts all that match. */
  list(scope: Scope, now: Date, filter: PortFilter): Promise<{ rows: PlacedPort[]; total: number }> {
    const { severity } = filter;
    const matching = severity === undefined ? null : `(${severity.map((one) => `e.ports_${one}`).join(' + ')})`;
    const ofGateways = [now, filter.gatewayId ?? null, filter.customerId ?? null, filter.siteId ?? null];
    const ofPorts = [
      filter.position ?? null,
      filter.lineDeviceClass ?? null,
      filter.kind ?? null,
      severity ?? null,
      filter.search,
    ];
    // Where the counts of the gateways already tell how many ports match, the page is full after as many gateways.
    const counted = ofPorts.every((value) => value === null || value === severity);
    const values = [...ofGateways, ...ofPorts, ...(filter.after ?? [null, null, null]), filter.limit];
    return this.db.tx(scope, async (sql) => {
      const { rows } = await sql.query<Row & { total: number }>(
        `with gateways as (
           select e.id, e.name, concat_ws(' ', s.name, k.name) as place, lower(e.name) as sort, e.trusted from ${FLEET} where ${gatewayMatch(matching)} and e.ports_total > 0
           ${counted ? `and ($10::text is null or (lower(e.name), e.id) >= (lower($10), $11::uuid)) order by lower(e.name), e.id limit $13::int + 1` : ''}
         ), matching as materialized (
           select e.sort, e.id, p."position" from gateways e join port p on p.gateway_id = e.id left join gateway_current c on c.gateway_id = e.id where ${PORT_MATCH}
         ), shown as (
           select * from matching where $10::text is null or (sort, id, "position") > (lower($10), $11::uuid, $12::int) order by sort, id, "position" limit $13
         )
         select ${PORT_ROW}, e.name as "gatewayName", s.id as "siteId", s.name as "siteName", k.name as "customerName",
           e.distrust, e.distrust_since as "distrustSince", e.observed_at as "observedAt", g.capabilities, c.nulls,
           ${counted ? 'null' : '(select count(*)::int from matching)'} as total
         from shown join (${FLEET}) on e.id = shown.id join gateway g on g.id = shown.id
         join port p on p.gateway_id = shown.id and p."position" = shown."position" left join gateway_current c on c.gateway_id = shown.id
         order by shown.sort, shown.id, shown."position"`,
        values,
      );
      const total = counted ? await sumPorts(sql, matching, ofGateways) : (rows[0]?.total ?? 0);
      return { rows: rows.map(toPlacedPort), total };
    });
  }

  /** Writes what the operator says of a port; false where there is none. */
  async describe(sql: Sql, gatewayId: string, position: number, change: PortChange): Promise<boolean> {
    const { rowCount } = await sql.query(
      `update port set label = case when $3 then $4 else label end, number = case when $5 then $6 else number end,
         line_device_class = coalesce($7, line_device_class)
       where gateway_id = $1 and "position" = $2 and removed_at is null`,
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
    return rowCount === 1;
  }

  /** Counts the ports of a gateway by severity anew, after something that the judgement depends on was changed. */
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

async function sumPorts(sql: Sql, matching: string | null, ofGateways: unknown[]): Promise<number> {
  const { rows } = await sql.query<{ total: number }>(
    `select coalesce(sum(${matching ?? 'e.ports_total'}), 0)::int as total from ${FLEET} where ${gatewayMatch(matching)}`,
    ofGateways,
  );
  return rows[0]?.total ?? 0;
}

function toPlacedPort(row: Row): PlacedPort {
  const { gatewayName, siteId, siteName, customerName } = row;
  return { ...portView(row, row), gatewayName, siteId, siteName, customerName };
}
