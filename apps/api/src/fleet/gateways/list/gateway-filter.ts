import type { GatewayColumn, GatewayFacet, RETIRED_FILTER } from '@loopstart/contracts';
import { effectiveGateways } from '../../../core/fleet/effective-gateway.ts';
import {
  BY_GATEWAY,
  GATEWAY_FACET_SQL,
  GATEWAY_KEYS,
  type GatewayKind,
  ofKind,
} from '../../../core/fleet/gateway-sql.ts';
import { byPorts } from '../../../core/fleet/port-counts.ts';
import { allOf, allWords, oneOf } from '../../../core/list/conditions.ts';
import { type FacetSql, ownName } from '../../../core/list/facet.ts';
import type { ListOrder, ListRows } from '../../../core/list/list-rows.ts';
import type { SqlValues } from '../../../core/list/sql-values.ts';

/** Which gateways are asked for; each filter that is there has to match. */
export interface GatewayFilter extends GatewayKind {
  /** Patterns that all have to match something of the gateway: its name, model, address, serial number or place. */
  words: readonly string[] | null;
  agentId?: readonly string[] | undefined;
  worst?: readonly string[] | undefined;
  freshness?: readonly string[] | undefined;
  reachability?: readonly string[] | undefined;
  /** Absent: in service only. */
  retired?: (typeof RETIRED_FILTER)[number] | undefined;
}

const TEXTS = ['e.name', 'e.vendor', 'e.model', 'e.address', 'e.serial', 'e.mac_address', 's.name', 'k.name'];

/** SQL: gateways `e` with their place `s`, `k`; retired ones only where they are asked for. */
export const placed = (now: string, retired: boolean): string =>
  `${effectiveGateways(now, { retired })} e join site s on s.id = e.site_id join customer k on k.id = s.customer_id`;

export function gatewayRows(now: Date, filter: GatewayFilter, values: SqlValues): ListRows {
  const retired = filter.retired ?? 'exclude';
  return {
    from: placed(values.add(now), retired !== 'exclude'),
    where: allOf([
      ...ofKind(filter, values),
      ...oneOf('e.agent_id', filter.agentId, 'uuid', values),
      ...oneOf('e.worst', filter.worst, 'text', values),
      ...oneOf('e.freshness', filter.freshness, 'text', values),
      ...oneOf('e.reachability', filter.reachability, 'text', values),
      ...allWords(TEXTS, filter.words, values),
      ...(retired === 'only' ? ['e.retired_at is not null'] : []),
    ]),
    id: 'e.id',
  };
}

/** What can be read first, what does not answer last; between them what is not known. */
const STATE = `case when e.reachability = 'unreachable' then 4 when e.freshness = 'never' then 3 when e.reachability = 'unknown' then 2 when e.freshness = 'stale' then 1 else 0 end`;

export const GATEWAY_ORDER: ListOrder<GatewayColumn> = {
  columns: {
    name: BY_GATEWAY.slice(0, 1),
    state: [{ sql: STATE, kind: 'integer' }],
    read: [{ sql: 'e.observed_at', kind: 'instant', nullable: true }],
    ports: byPorts('e.worst', (name) => `e.${name}`),
    site: [GATEWAY_KEYS.site],
    customer: [GATEWAY_KEYS.customer],
    address: [{ sql: 'natural_key(e.address) collate "C"', kind: 'text' }],
    vendor: [GATEWAY_KEYS.vendor],
    model: [GATEWAY_KEYS.model],
    firmware: [GATEWAY_KEYS.firmware],
    calls: [{ sql: 'case when e.trusted then e.active_calls end', kind: 'integer', nullable: true }],
    temperature: [
      { sql: 'case when e.trusted then e.temperature_c::double precision end', kind: 'number', nullable: true },
    ],
  },
  ties: BY_GATEWAY,
};

export const GATEWAY_FACETS_SQL: Readonly<Record<GatewayFacet, FacetSql>> = {
  ...GATEWAY_FACET_SQL,
  agentId: { value: 'e.agent_id', label: '(select a.hostname from agent a where a.id = e.agent_id)' },
  worst: ownName('e.worst'),
  freshness: ownName('e.freshness'),
  reachability: ownName('e.reachability'),
};
