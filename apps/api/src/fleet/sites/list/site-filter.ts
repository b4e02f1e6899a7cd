import type { SITE_CONTACT, SiteColumn, SiteFacet } from '@loopstart/contracts';
import { agentAlive } from '../../../core/fleet/effective-gateway.ts';
import { fleetOfSites, SUM } from '../../../core/fleet/fleet-sums.ts';
import { byPorts } from '../../../core/fleet/port-counts.ts';
import { allOf, allWords, oneOf } from '../../../core/list/conditions.ts';
import { type FacetSql, ownName } from '../../../core/list/facet.ts';
import type { ListOrder, ListRows } from '../../../core/list/list-rows.ts';
import type { SqlValues } from '../../../core/list/sql-values.ts';

/** Which sites are asked for; each filter that is there has to match. */
export interface SiteFilter {
  /** Patterns that all have to match something of the site: its name, its address or its customer. */
  words: readonly string[] | null;
  customerId?: readonly string[] | undefined;
  worst?: readonly string[] | undefined;
  tag?: readonly string[] | undefined;
  contact?: readonly (typeof SITE_CONTACT)[number][] | undefined;
}

/** SQL subquery: a row for each site that has agents in use, with how many there are and how many are online. */
export const agentsOfSites = (now: string): string =>
  `(select a.site_id, count(*)::int as total, (count(*) filter (where ${agentAlive(now)}))::int as online from agent a where a.revoked_at is null group by a.site_id)`;

/** SQL: whether agents `n` of a site are in contact, from all to none; last where there is no agent. */
const CONTACT = `case when n.total is null then 'no-agent' when n.online = n.total then 'all' when n.online > 0 then 'some' else 'none' end`;

/** Sites `s` of customers `k`, with their agents `n` and what their gateways sum up to, `f`; sums are made only where something asks for them. */
export function siteRows(now: Date, filter: SiteFilter, values: SqlValues): ListRows {
  const at = values.add(now);
  return {
    from: `site s join customer k on k.id = s.customer_id left join ${fleetOfSites(at)} f on f.site_id = s.id left join ${agentsOfSites(at)} n on n.site_id = s.id`,
    where: allOf([
      's.archived_at is null',
      ...oneOf('s.customer_id', filter.customerId, 'uuid', values),
      ...oneOf(SUM.worst, filter.worst, 'text', values),
      ...(filter.tag === undefined ? [] : [`s.tags && ${values.add(filter.tag)}::text[]`]),
      ...oneOf(CONTACT, filter.contact, 'text', values),
      ...allWords(['s.name', 's.address', 'k.name'], filter.words, values),
    ]),
    id: 's.id',
  };
}

export const SITE_ORDER: ListOrder<SiteColumn> = {
  columns: {
    name: [{ sql: 's.name_key', kind: 'text' }],
    worst: byPorts(SUM.worst, SUM.count),
    ports: [{ sql: SUM.count('ports_total'), kind: 'integer' }],
    gateways: [{ sql: SUM.gateways, kind: 'integer' }],
    agents: [{ sql: `array_position(array['all', 'some', 'none', 'no-agent'], ${CONTACT})`, kind: 'integer' }],
    customer: [{ sql: 'k.name_key', kind: 'text' }],
    address: [{ sql: `natural_key(nullif(s.address, '')) collate "C"`, kind: 'text', nullable: true }],
    tags: [{ sql: `nullif(array_to_string(s.tags, ' '), '') collate "C"`, kind: 'text', nullable: true }],
    zone: [{ sql: 'lower(s.time_zone) collate "C"', kind: 'text' }],
  },
  ties: [
    { sql: 's.name_key', kind: 'text' },
    { sql: 's.id', kind: 'uuid' },
  ],
};

export const SITE_FACET_SQL: Readonly<Record<SiteFacet, FacetSql>> = {
  customerId: { value: 'k.id', label: 'k.name' },
  worst: ownName(SUM.worst),
  contact: ownName(CONTACT),
  // A site counts for each of its tags.
  tag: ownName('unnest(s.tags)'),
};
