import { z } from 'zod';
import { EVENT_KINDS } from '../agent/up/gateway-event.ts';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { list, paging, search, timeRange } from './list.ts';

export const Event = z
  .object({
    id: Id,
    gatewayId: Id,
    gatewayName: z.string(),
    siteId: Id,
    siteName: z.string(),
    timeZone: z.string(),
    at: Instant,
    receivedAt: Instant,
    kind: z.enum(EVENT_KINDS),
    severity: z.enum(['info', 'warning', 'minor', 'major', 'critical', 'cleared']),
    position: z.int().nullable(),
    text: z.string(),
    source: z.enum(['trap', 'inform', 'syslog', 'poll', 'agent']),
    detail: z.record(z.string(), z.string()),
  })
  .meta({ id: 'Event' });
export type Event = z.infer<typeof Event>;

export const eventEndpoints = {
  listEvents: endpoint({
    id: 'listEvents',
    method: 'GET',
    path: '/api/v1/events',
    permission: 'events.read',
    summary: 'List events of gateways, newest first',
    query: z.object({
      ...search,
      customerId: Id.optional(),
      siteId: Id.optional(),
      gatewayId: Id.optional(),
      position: z.coerce.number().int().min(1).optional(),
      kind: z.enum(EVENT_KINDS).optional(),
      ...timeRange,
      ...paging,
    }),
    response: list(Event),
  }),
} as const;
