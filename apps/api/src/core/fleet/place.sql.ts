import { oneOf } from '../list/conditions.ts';
import { type FacetSql, ownName } from '../list/facet.ts';
import type { KeyColumn } from '../list/keyset.ts';
import type { SqlValues } from '../list/sql-values.ts';
import { gatewayName } from './gateway-name.ts';
import { lineagesOf, linesOfAny } from './lineage.ts';

/** SQL joins that find the names of the place of row `alias` of alert or incident. */
export const placeJoins = (alias: string): string => `
  left join site ps on ps.id = ${alias}.site_id
  left join customer pk on pk.id = coalesce(${alias}.customer_id, ps.customer_id)
  left join agent pa on pa.id = ${alias}.agent_id
  left join gateway pg on pg.id = ${alias}.gateway_id
  left join port pp on pp.operator_id = ${alias}.operator_id and pp.gateway_id = ${alias}.gateway_id and pp."position" = ${alias}."position"`;

/** SQL: the contract's Place from those joins. */
export const placeOf = (alias: string): string => `json_build_object(
  'customer', case when pk.id is not null then json_build_object('id', pk.id, 'name', pk.name) end,
  'site', case when ps.id is not null then json_build_object('id', ps.id, 'name', ps.name, 'timeZone', ps.time_zone) end,
  'agent', case when pa.id is not null then json_build_object('id', pa.id, 'name', pa.hostname) end,
  'gateway', case when pg.id is not null then json_build_object('id', pg.id, 'name', ${gatewayName('pg')}) end,
  'port', case when ${alias}."position" is not null then json_build_object('position', ${alias}."position", 'label', coalesce(pp.label, pp.name),
    'number', coalesce(pp.number, pp.reported_number), 'lineDeviceClass', coalesce(pp.line_device_class, ${alias}.line_device_class, 'unknown')) end)`;

/** Filters on where a row is; those of a gateway find what happened at the gateways it took over from, too. */
export interface PlaceFilter {
  customerId?: readonly string[] | undefined;
  siteId?: readonly string[] | undefined;
  gatewayId?: readonly string[] | undefined;
  position?: number | undefined;
}

/** SQL: rows `alias` with those joins that are at these places. */
export function atPlace(
  alias: string,
  { customerId, siteId, gatewayId, position }: PlaceFilter,
  values: SqlValues,
): string[] {
  const conditions = [
    ...oneOf('pk.id', customerId, 'uuid', values),
    ...oneOf(`${alias}.site_id`, siteId, 'uuid', values),
  ];
  if (gatewayId === undefined) {
    if (position !== undefined) conditions.push(`${alias}."position" = ${values.add(position)}::int`);
    return conditions;
  }
  const ids = values.add(gatewayId);
  conditions.push(
    position === undefined
      ? `${alias}.gateway_id = ${lineagesOf(ids)}`
      : `(${alias}.gateway_id, ${alias}."position") in ${linesOfAny(ids, values.add(position))}`,
  );
  return conditions;
}

/** Texts of a place that a search looks into. */
export const PLACE_TEXTS = [
  'ps.name',
  'pk.name',
  'pa.hostname',
  gatewayName('pg'),
  'pg.sys_name',
  'pp.label',
  'coalesce(pp.number, pp.reported_number)',
];

/** What rows `alias` with those joins are sorted by: their customer, site, and gateway with its port. */
export const placeKeys = (alias: string) =>
  ({
    customer: [{ sql: 'pk.name_key', kind: 'text', nullable: true }],
    site: [{ sql: 'ps.name_key', kind: 'text', nullable: true }],
    where: [
      { sql: 'pg.name_key', kind: 'text', nullable: true },
      { sql: `${alias}."position"`, kind: 'integer', nullable: true },
    ],
  }) as const satisfies Record<string, readonly KeyColumn[]>;

/** What the place filters can be set to, for rows `alias` with those joins. */
export const placeFacets = (alias: string): Readonly<Record<keyof PlaceFilter, FacetSql>> => ({
  customerId: { value: 'pk.id', label: 'pk.name' },
  siteId: { value: 'ps.id', label: 'ps.name' },
  gatewayId: { value: 'pg.id', label: gatewayName('pg') },
  position: ownName(`${alias}."position"`),
});
