import { oneOf } from '../list/conditions.ts';
import { type FacetSql, ownName } from '../list/facet.ts';
import type { KeyColumn } from '../list/keyset.ts';
import type { SqlValues } from '../list/sql-values.ts';

/**
 * SQL that lists of gateways and of their lines share: filters, facets and orders over gateways `e` at site `s` of
 * customer `k`.
 */
export interface GatewayKind {
  customerId?: readonly string[] | undefined;
  siteId?: readonly string[] | undefined;
  vendor?: readonly string[] | undefined;
  /** The empty text is a model or firmware that is not known. */
  model?: readonly string[] | undefined;
  firmware?: readonly string[] | undefined;
}

export const GATEWAY_FACET_SQL: Readonly<Record<keyof GatewayKind, FacetSql>> = {
  customerId: { value: 'k.id', label: 'k.name' },
  siteId: { value: 's.id', label: 's.name' },
  vendor: ownName('e.vendor'),
  model: ownName(`coalesce(e.model, '')`),
  firmware: ownName(`coalesce(e.firmware, '')`),
};

/** SQL: gateways of these kinds at these places. */
export const ofKind = (filter: GatewayKind, values: SqlValues): string[] => [
  ...oneOf('s.customer_id', filter.customerId, 'uuid', values),
  ...oneOf('e.site_id', filter.siteId, 'uuid', values),
  ...oneOf(GATEWAY_FACET_SQL.vendor.value, filter.vendor, 'text', values),
  ...oneOf(GATEWAY_FACET_SQL.model.value, filter.model, 'text', values),
  ...oneOf(GATEWAY_FACET_SQL.firmware.value, filter.firmware, 'text', values),
];

/** The name of a gateway has an index. */
export const BY_NAME = 'e.name_key';
export const BY_GATEWAY: readonly KeyColumn[] = [
  { sql: BY_NAME, kind: 'text' },
  { sql: 'e.id', kind: 'uuid' },
];

export const GATEWAY_KEYS = {
  site: { sql: 's.name_key', kind: 'text' },
  customer: { sql: 'k.name_key', kind: 'text' },
  vendor: { sql: 'lower(e.vendor) collate "C"', kind: 'text' },
  model: { sql: 'lower(e.model) collate "C"', kind: 'text', nullable: true },
  firmware: { sql: 'e.firmware_key', kind: 'text', nullable: true },
} as const satisfies Record<string, KeyColumn>;
