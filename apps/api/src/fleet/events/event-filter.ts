import type { EventColumn, EventFacet } from '@loopstart/contracts';
import { EVENT_SEVERITIES } from '@loopstart/domain';
import { atPlace, placeFacets, type PlaceFilter, placeKeys } from '../../core/fleet/place.sql.ts';
import { allOf, allWords, oneOf } from '../../core/list/conditions.ts';
import { type FacetSql, ownName } from '../../core/list/facet.ts';
import type { ListOrder, ListRows } from '../../core/list/list-rows.ts';
import type { SqlValues } from '../../core/list/sql-values.ts';

/** Which events are asked for; each filter that is there has to match. */
export interface EventFilter extends PlaceFilter {
  operatorId: string;
  /** Patterns that all have to match the text of the event or the names of where it happened. */
  words: readonly string[] | null;
  kind?: readonly string[] | undefined;
  severity?: readonly string[] | undefined;
  source?: readonly string[] | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** Beyond so many, events are neither counted nor put into another order: it would cost a scan of all. */
export const EVENTS_MAX = 10_000;

const PLACES = `join site ps on ps.id = e.site_id join customer pk on pk.id = ps.customer_id join gateway pg on pg.id = e.gateway_id`;
const TEXTS = ['e.text', 'pg.name', 'pg.sys_name', 'ps.name', 'pk.name'];

/** Events `e` that match, with their place. */
export const eventRows = (filter: EventFilter, values: SqlValues): ListRows => ({
  from: `gateway_event e ${PLACES}`,
  where: allOf([
    `e.operator_id = ${values.add(filter.operatorId)}::uuid`,
    ...atPlace('e', filter, values),
    ...oneOf('e.kind', filter.kind, 'text', values),
    ...oneOf('e.severity', filter.severity, 'text', values),
    ...oneOf('e.source', filter.source, 'text', values),
    ...allWords(TEXTS, filter.words, values),
    ...(filter.from === undefined ? [] : [`e.at >= ${values.add(filter.from)}::timestamptz`]),
    ...(filter.to === undefined ? [] : [`e.at < ${values.add(filter.to)}::timestamptz`]),
  ]),
  id: 'e.id',
});

/** The newest of them, up to `EVENTS_MAX`. */
export function newestEvents(filter: EventFilter, values: SqlValues): ListRows {
  const { from, where, id } = eventRows(filter, values);
  return {
    from: `(select e.* from ${from} where ${where} order by e.at desc, e.id desc limit ${EVENTS_MAX}) e ${PLACES}`,
    where: 'true',
    id,
  };
}

/** What is over is least severe. */
const SEVERITY = `array_position(array['cleared','${EVENT_SEVERITIES.filter((one) => one !== 'cleared').join("','")}'], e.severity)`;
const { site, customer, where: gateway } = placeKeys('e');

/** Of equals the newest is first. */
export const EVENT_ORDER: ListOrder<EventColumn> = {
  columns: {
    at: [{ sql: 'e.at', kind: 'instant' }],
    kind: [{ sql: 'e.kind collate "C"', kind: 'text' }],
    severity: [{ sql: SEVERITY, kind: 'integer' }],
    text: [{ sql: 'natural_key(e.text) collate "C"', kind: 'text' }],
    gateway,
    site,
    customer,
    source: [{ sql: 'e.source collate "C"', kind: 'text' }],
    received: [{ sql: 'e.received_at', kind: 'instant' }],
  },
  ties: [
    { sql: 'e.at', kind: 'instant', descending: true },
    { sql: 'e.id', kind: 'uuid', descending: true },
  ],
};

/** The order that an index has: events are walked through, however many they are. */
export const NEWEST_FIRST = '-at';

export const EVENT_FACETS_SQL: Readonly<Record<EventFacet, FacetSql>> = {
  ...placeFacets('e'),
  kind: ownName('e.kind'),
  severity: ownName('e.severity'),
  source: ownName('e.source'),
};
