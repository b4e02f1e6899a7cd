import type { Line } from '@loopstart/contracts';
import type { Sql } from '../../../core/db/database.ts';
import { effectiveGateways } from '../../../core/fleet/effective-gateway.ts';
import { type GatewayContext, PORT_ROW, type PortRow, portView } from '../../../core/fleet/port-view.ts';

type Where = Pick<
  Line,
  | 'gatewayName'
  | 'vendor'
  | 'model'
  | 'modelReason'
  | 'firmware'
  | 'siteId'
  | 'siteName'
  | 'customerId'
  | 'customerName'
>;

/** What is shown of lines that were found, in their order. */
export async function lineDetails(
  sql: Sql,
  now: Date,
  lines: readonly Pick<Line, 'gatewayId' | 'position'>[],
): Promise<Line[]> {
  if (lines.length === 0) return [];
  const { rows } = await sql.query<PortRow & GatewayContext & Where>({
    // Planned once a connection: to plan it takes as long as to run it.
    name: 'line-details',
    text: `select ${PORT_ROW}, e.name as "gatewayName", e.vendor, e.model, e.model_reason as "modelReason", e.firmware, s.id as "siteId", s.name as "siteName", k.id as "customerId", k.name as "customerName",
       e.distrust, e.distrust_since as "distrustSince", e.observed_at as "observedAt", g.capabilities, c.nulls
     from unnest($2::uuid[], $3::int[]) with ordinality shown (id, place, n)
     join ${effectiveGateways('$1')} e on e.id = shown.id join site s on s.id = e.site_id join customer k on k.id = s.customer_id join gateway g on g.id = shown.id
     join port p on p.operator_id = g.operator_id and p.gateway_id = shown.id and p."position" = shown.place left join gateway_current c on c.gateway_id = shown.id
     where e.id = any ($4::uuid[]) order by shown.n`,
    values: [
      now,
      lines.map(({ gatewayId }) => gatewayId),
      lines.map(({ position }) => position),
      [...new Set(lines.map(({ gatewayId }) => gatewayId))],
    ],
  });
  return rows.map((row) => {
    const { gatewayName, vendor, model, modelReason, firmware, siteId, siteName, customerId, customerName } = row;
    const place = { siteId, siteName, customerId, customerName };
    return { ...portView(row, row), gatewayName, vendor, model, modelReason, firmware, ...place };
  });
}
