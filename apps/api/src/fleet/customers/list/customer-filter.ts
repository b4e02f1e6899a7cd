import type { CustomerColumn, CustomerFacet } from '@loopstart/contracts';
import { fleetOfCustomers, SUM } from '../../../core/fleet/fleet-sums.ts';
import { byPorts } from '../../../core/fleet/port-counts.ts';
import { allOf, allWords, oneOf } from '../../../core/list/conditions.ts';
import { type FacetSql, ownName } from '../../../core/list/facet.ts';
import type { ListOrder, ListRows } from '../../../core/list/list-rows.ts';
import type { SqlValues } from '../../../core/list/sql-values.ts';

/** Which customers are asked for; each filter that is there has to match. */
export interface CustomerFilter {
  /** Patterns that all have to match something of the customer: its name or its notes. */
  words: readonly string[] | null;
  worst?: readonly string[] | undefined;
}

/** Customers `k`, with what their fleets sum up to, `f`; the sums are made only where something asks for them. */
export function customerRows(now: Date, filter: CustomerFilter, values: SqlValues): ListRows {
  return {
    from: `customer k left join ${fleetOfCustomers(values.add(now))} f on f.customer_id = k.id`,
    where: allOf([
      'k.archived_at is null',
      ...oneOf(SUM.worst, filter.worst, 'text', values),
      ...allWords(['k.name', 'k.notes'], filter.words, values),
    ]),
    id: 'k.id',
  };
}

export const CUSTOMER_ORDER: ListOrder<CustomerColumn> = {
  columns: {
    name: [{ sql: 'k.name_key', kind: 'text' }],
    worst: byPorts(SUM.worst, SUM.count),
    ports: [{ sql: SUM.count('ports_total'), kind: 'integer' }],
    sites: [{ sql: SUM.count('sites'), kind: 'integer' }],
    gateways: [{ sql: SUM.gateways, kind: 'integer' }],
  },
  ties: [
    { sql: 'k.name_key', kind: 'text' },
    { sql: 'k.id', kind: 'uuid' },
  ],
};

export const CUSTOMER_FACET_SQL: Readonly<Record<CustomerFacet, FacetSql>> = { worst: ownName(SUM.worst) };
