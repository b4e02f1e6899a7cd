import { SEVERITIES } from '@loopstart/domain';
import { effectiveGateways, WORST_OF } from './effective-gateway.ts';

const COUNTS = ['total', ...SEVERITIES] as const;

/** SQL: the sums over the effective gateways `g` of a group. */
const SUMS = [
  'count(g.id)::int as gateways',
  ...COUNTS.map((name) => `coalesce(sum(g.ports_${name}), 0)::int as ports_${name}`),
  `${WORST_OF} as worst`,
].join(', ');

/** For a part of a fleet, gateways are found by their place; for all of it, each is evaluated once. */
const gateways = (now: string, ids: string | undefined): string => effectiveGateways(now, { whole: ids === undefined });

/** SQL subquery: a row for each site with gateways in service; of the sites `ids` alone, where they are given. */
export const fleetOfSites = (now: string, ids?: string): string =>
  `(select g.site_id, ${SUMS} from ${gateways(now, ids)} g ${ids === undefined ? '' : `where g.site_id = any (${ids}::uuid[])`} group by g.site_id)`;

/** SQL subquery: a row for each customer with sites; of the customers `ids` alone, where they are given. */
export const fleetOfCustomers = (now: string, ids?: string): string =>
  `(select s.customer_id, (count(distinct s.id) filter (where s.archived_at is null))::int as sites, ${SUMS}
    from site s left join ${gateways(now, ids)} g on g.site_id = s.id ${ids === undefined ? '' : `where s.customer_id = any (${ids}::uuid[])`} group by s.customer_id)`;

/** SQL over such a row `f`, which may be absent. */
export const SUM = {
  worst: `coalesce(f.worst, 'ok')`,
  gateways: 'coalesce(f.gateways, 0)',
  count: (name: string): string => `coalesce(f.${name}, 0)`,
  /** PortCounts of the contract. */
  ports: `json_build_object(${COUNTS.map((name) => `'${name}', coalesce(f.ports_${name}, 0)`).join(', ')})`,
} as const;
