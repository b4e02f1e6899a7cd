import { EVENT_SEVERITIES } from '@loopstart/domain';
import { z } from 'zod';
import { EVENT_KINDS } from '../agent/up/gateway-event.ts';
import { csvEndpoint, endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { Facet, list, paging, period, search, someIds, someOf, sortedBy } from './list.ts';

export const EVENT_SOURCES = ['trap', 'inform', 'syslog', 'poll', 'agent'] as const;

export const Event = z
  .object({
    id: Id,
    gatewayId: Id,
    gatewayName: z.string(),
    siteId: Id,
    siteName: z.string(),
    customerId: Id,
    customerName: z.string(),
    timeZone: z.string(),
    at: Instant,
    receivedAt: Instant,
    kind: z.enum(EVENT_KINDS),
    severity: z.enum(EVENT_SEVERITIES),
    position: z.int().nullable(),
    text: z.string(),
    source: z.enum(EVENT_SOURCES),
    detail: z.record(z.string(), z.string()),
  })
  .meta({ id: 'Event' });
export type Event = z.infer<typeof Event>;

/** Columns of the list of events: each can be sorted by and exported. */
export const EVENT_COLUMNS = [
  'at',
  'kind',
  'severity',
  'text',
  'gateway',
  'site',
  'customer',
  'source',
  'received',
] as const;
export type EventColumn = (typeof EVENT_COLUMNS)[number];

const filters = {
  ...search,
  customerId: someIds,
  siteId: someIds,
  gatewayId: someIds,
  position: z.coerce.number().int().min(1).optional(),
  kind: someOf(EVENT_KINDS),
  severity: someOf(EVENT_SEVERITIES),
  source: someOf(EVENT_SOURCES),
  ...period,
};

/** Filters of events of which the values are counted. */
export const EVENT_FACETS = ['kind', 'severity', 'source', 'customerId', 'siteId', 'gatewayId', 'position'] as const;
export type EventFacet = (typeof EVENT_FACETS)[number];

export const eventEndpoints = {
  listEvents: endpoint({
    id: 'listEvents',
    method: 'GET',
    path: '/api/v1/events',
    permission: 'events.read',
    summary: 'List events of gateways, by default newest first; in other orders the newest 10,000 that match',
    query: z.object({ ...filters, sort: sortedBy(EVENT_COLUMNS), ...paging }),
    response: list(Event),
  }),
  getEventFacet: endpoint({
    id: 'getEventFacet',
    method: 'GET',
    path: '/api/v1/events/facets',
    permission: 'events.read',
    summary: 'Count events by the values of one filter, of the newest 10,000 that match',
    query: z.object({ ...filters, facet: z.enum(EVENT_FACETS) }),
    response: Facet,
  }),
  exportEvents: csvEndpoint({
    id: 'exportEvents',
    path: '/api/v1/events/export',
    permission: 'events.read',
    summary: 'Export the events that match as CSV; in other orders than newest first, the newest 10,000 of them',
    query: z.object({ ...filters, sort: sortedBy(EVENT_COLUMNS), columns: someOf(EVENT_COLUMNS) }),
  }),
} as const;
