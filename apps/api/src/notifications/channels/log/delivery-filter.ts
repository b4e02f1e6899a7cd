import { DELIVERY_STATES, type DeliveryColumn, type DeliveryFacet } from '@loopstart/contracts';
import { allOf, allWords, oneOf } from '../../../core/list/conditions.ts';
import { type FacetSql, ownName } from '../../../core/list/facet.ts';
import type { ListOrder, ListRows } from '../../../core/list/list-rows.ts';
import type { SqlValues } from '../../../core/list/sql-values.ts';

/** Filters of deliveries; all given ones have to match. */
export interface DeliveryFilter {
  operatorId: string;
  /** Patterns that all have to match the incident, the channel, the recipient or the response. */
  words: readonly string[] | null;
  channelId?: readonly string[] | undefined;
  state?: readonly string[] | undefined;
  type?: readonly string[] | undefined;
  customerId?: readonly string[] | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** Beyond so many, deliveries are neither counted nor put into another order: it would cost a scan of all. */
export const DELIVERIES_MAX = 10_000;

const JOINS = `join channel c on c.id = d.channel_id join outbox_message m on m.id = d.message_id left join incident i on i.id = m.incident_id
  left join site s on s.id = i.site_id left join customer k on k.id = coalesce(i.customer_id, s.customer_id)`;
const TEXTS = ['i.title', `'#' || i.number`, 'c.name', 'd.recipient', 'd.last_error', 'k.name'];

/** Deliveries `d` that match, with their message and incident. */
export const deliveryRows = (filter: DeliveryFilter, values: SqlValues): ListRows => ({
  from: `delivery d ${JOINS}`,
  where: allOf([
    `d.operator_id = ${values.add(filter.operatorId)}::uuid`,
    ...oneOf('d.channel_id', filter.channelId, 'uuid', values),
    ...oneOf('d.state', filter.state, 'text', values),
    ...oneOf('m.type', filter.type, 'text', values),
    ...oneOf('k.id', filter.customerId, 'uuid', values),
    ...allWords(TEXTS, filter.words, values),
    ...(filter.from === undefined ? [] : [`d.created_at >= ${values.add(filter.from)}::timestamptz`]),
    ...(filter.to === undefined ? [] : [`d.created_at < ${values.add(filter.to)}::timestamptz`]),
  ]),
  id: 'd.id',
});

/** The newest of them, up to `DELIVERIES_MAX`. */
export function newestDeliveries(filter: DeliveryFilter, values: SqlValues): ListRows {
  const { from, where, id } = deliveryRows(filter, values);
  return {
    from: `(select d.* from ${from} where ${where} order by d.created_at desc, d.id desc limit ${DELIVERIES_MAX}) d ${JOINS}`,
    where: 'true',
    id,
  };
}

/** Of equal rows the newest comes first. */
export const DELIVERY_ORDER: ListOrder<DeliveryColumn> = {
  columns: {
    queued: [{ sql: 'd.created_at', kind: 'instant' }],
    message: [{ sql: 'm.type collate "C"', kind: 'text' }],
    incident: [{ sql: 'i.number', kind: 'integer', nullable: true }],
    channel: [{ sql: 'natural_key(c.name) collate "C"', kind: 'text' }],
    recipient: [{ sql: `nullif(d.recipient, '') collate "C"`, kind: 'text', nullable: true }],
    state: [{ sql: `array_position(array['${DELIVERY_STATES.join("','")}'], d.state)`, kind: 'integer' }],
    attempts: [{ sql: 'd.attempts', kind: 'integer' }],
    response: [
      { sql: 'd.last_status', kind: 'integer', nullable: true },
      { sql: 'd.last_error collate "C"', kind: 'text', nullable: true },
    ],
    delivered: [{ sql: 'd.delivered_at', kind: 'instant', nullable: true }],
  },
  ties: [
    { sql: 'd.created_at', kind: 'instant', descending: true },
    { sql: 'd.id', kind: 'uuid', descending: true },
  ],
};

/** The order that an index has: deliveries are walked through, however many they are. */
export const NEWEST_FIRST = '-queued';

export const DELIVERY_FACETS_SQL: Readonly<Record<DeliveryFacet, FacetSql>> = {
  channelId: { value: 'c.id', label: 'c.name' },
  state: ownName('d.state'),
  type: ownName('m.type'),
  customerId: { value: 'k.id', label: 'k.name' },
};
