import { z } from 'zod';
import { csvEndpoint, endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { Facet, list, paging, period, search, someIds, someOf, sortedBy } from './list.ts';
import { channel } from './params.ts';
import { WEBHOOK_TYPES } from '../webhooks.ts';

export const DELIVERY_STATES = ['pending', 'sending', 'delivered', 'failed', 'abandoned'] as const;

export const Delivery = z
  .object({
    id: Id,
    channel: z.object({ id: Id, name: z.string() }),
    messageId: Id,
    webhookId: z.string().describe('The webhook-id header, the same for all attempts'),
    type: z.string(),
    incident: z.object({ id: Id, number: z.int(), title: z.string() }).nullable(),
    recipient: z.string().nullable(),
    state: z.enum(DELIVERY_STATES),
    attempts: z.int(),
    createdAt: Instant,
    nextAttemptAt: Instant.nullable(),
    deliveredAt: Instant.nullable(),
    lastStatus: z.int().nullable(),
    lastError: z.string().nullable(),
    replayOf: Id.nullable(),
  })
  .meta({ id: 'Delivery' });
export type Delivery = z.infer<typeof Delivery>;

export const DeliveryDetail = Delivery.extend({
  payload: z.record(z.string(), z.unknown()),
  attemptList: z.array(
    z.object({
      number: z.int(),
      at: Instant,
      durationMs: z.int(),
      status: z.int().nullable(),
      error: z.string().nullable(),
      answer: z.string().nullable(),
    }),
  ),
}).meta({ id: 'DeliveryDetail' });
export type DeliveryDetail = z.infer<typeof DeliveryDetail>;

/** Columns of the delivery log: each can be sorted by and exported. */
export const DELIVERY_COLUMNS = [
  'queued',
  'message',
  'incident',
  'channel',
  'recipient',
  'state',
  'attempts',
  'response',
  'delivered',
] as const;
export type DeliveryColumn = (typeof DELIVERY_COLUMNS)[number];

const filters = {
  ...search,
  channelId: someIds,
  state: someOf(DELIVERY_STATES),
  type: someOf(WEBHOOK_TYPES),
  customerId: someIds,
  ...period,
};

/** Filters of deliveries whose values are counted. */
export const DELIVERY_FACETS = ['channelId', 'state', 'type', 'customerId'] as const;
export type DeliveryFacet = (typeof DELIVERY_FACETS)[number];

export const deliveryEndpoints = {
  testChannel: endpoint({
    id: 'testChannel',
    method: 'POST',
    path: '/api/v1/channels/:channelId/test',
    permission: 'channels.test',
    summary: 'Send a test message',
    params: channel,
    response: Delivery,
    status: 202,
  }),
  listDeliveries: endpoint({
    id: 'listDeliveries',
    method: 'GET',
    path: '/api/v1/deliveries',
    permission: 'deliveries.read',
    summary: 'List deliveries of messages, by default newest first; in other orders the newest 10,000 that match',
    query: z.object({ ...filters, sort: sortedBy(DELIVERY_COLUMNS), ...paging }),
    response: list(Delivery),
  }),
  getDeliveryFacet: endpoint({
    id: 'getDeliveryFacet',
    method: 'GET',
    path: '/api/v1/deliveries/facets',
    permission: 'deliveries.read',
    summary: 'Count deliveries by the values of one filter, of the newest 10,000 that match',
    query: z.object({ ...filters, facet: z.enum(DELIVERY_FACETS) }),
    response: Facet,
  }),
  exportDeliveries: csvEndpoint({
    id: 'exportDeliveries',
    path: '/api/v1/deliveries/export',
    permission: 'deliveries.read',
    summary: 'Export the deliveries that match as CSV; in other orders than newest first, the newest 10,000 of them',
    query: z.object({ ...filters, sort: sortedBy(DELIVERY_COLUMNS), columns: someOf(DELIVERY_COLUMNS) }),
  }),
  getDelivery: endpoint({
    id: 'getDelivery',
    method: 'GET',
    path: '/api/v1/deliveries/:deliveryId',
    permission: 'deliveries.read',
    summary: 'Get a delivery with its attempts and answers',
    params: z.object({ deliveryId: Id }),
    response: DeliveryDetail,
  }),
  replayDelivery: endpoint({
    id: 'replayDelivery',
    method: 'POST',
    path: '/api/v1/deliveries/:deliveryId/replay',
    permission: 'deliveries.replay',
    summary: 'Send a delivery again with the same webhook-id',
    params: z.object({ deliveryId: Id }),
    response: Delivery,
    status: 202,
  }),
  replayDeliveries: endpoint({
    id: 'replayDeliveries',
    method: 'POST',
    path: '/api/v1/channels/:channelId/replay',
    permission: 'deliveries.replay',
    summary: 'Send failed deliveries, or all deliveries in a time range, again',
    params: channel,
    body: z.object({ which: z.enum(['failed', 'all']), from: Instant.optional(), to: Instant.optional() }),
    response: z.object({ replayed: z.int() }),
    status: 202,
  }),
} as const;
