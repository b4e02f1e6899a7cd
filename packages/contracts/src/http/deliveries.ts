import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { list, paging, timeRange } from './list.ts';
import { channel } from './params.ts';

export const DELIVERY_STATES = ['pending', 'sending', 'delivered', 'failed', 'abandoned'] as const;

export const Delivery = z
  .object({
    id: Id,
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
    path: '/api/v1/channels/:channelId/deliveries',
    permission: 'deliveries.read',
    summary: 'List deliveries of a notification channel, newest first',
    params: channel,
    query: z.object({ state: z.enum(DELIVERY_STATES).optional(), ...timeRange, ...paging }),
    response: list(Delivery),
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
