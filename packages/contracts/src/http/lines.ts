import { LINE_DEVICE_CLASSES, MODEL_REASONS, PORT_KINDS, REGISTRATION_STATES, SEVERITIES } from '@loopstart/domain';
import { z } from 'zod';
import { csvEndpoint, endpoint } from './endpoint.ts';
import { Id } from './fields.ts';
import { gatewayKindFilters } from './gateways.ts';
import { Facet, list, paging, search, someOf, sortedBy } from './list.ts';
import { Port } from './ports.ts';

/** Columns of the list of lines: each can be sorted by and exported. */
export const LINE_COLUMNS = [
  'name',
  'state',
  'since',
  'number',
  'device',
  'registration',
  'gateway',
  'site',
  'customer',
  'vendor',
  'model',
  'firmware',
] as const;
export type LineColumn = (typeof LINE_COLUMNS)[number];

/** How long a line has been in its state: at most an hour, a day, a week, or longer. */
export const SINCE_RANGES = ['hour', 'day', 'week', 'older'] as const;
export type SinceRange = (typeof SINCE_RANGES)[number];

/** Registrations to filter by: `unknown` is a line whose gateway reports no registration, or none that is current. */
export const REGISTRATION_FILTER = [...REGISTRATION_STATES, 'unknown'] as const;

const filters = {
  ...search,
  ...gatewayKindFilters,
  lineDeviceClass: someOf(LINE_DEVICE_CLASSES),
  severity: someOf(SEVERITIES),
  registration: someOf(REGISTRATION_FILTER),
  kind: someOf(PORT_KINDS),
  since: z.enum(SINCE_RANGES).optional(),
};

/** Filters of lines of which the values are counted. */
export const LINE_FACETS = [
  'customerId',
  'siteId',
  'lineDeviceClass',
  'severity',
  'registration',
  'kind',
  'vendor',
  'model',
  'firmware',
] as const;
export type LineFacet = (typeof LINE_FACETS)[number];

/** A port with its current state and its place. */
export const Line = z
  .object({
    ...Port.shape,
    gatewayName: z.string(),
    vendor: z.string(),
    model: z.string().nullable().describe('Null where it is not known'),
    modelReason: z.enum(MODEL_REASONS).nullable().describe('Why the model is not known; null where it is'),
    firmware: z.string().nullable(),
    siteId: Id,
    siteName: z.string(),
    customerId: Id,
    customerName: z.string(),
  })
  .meta({ id: 'Line' });
export type Line = z.infer<typeof Line>;

export const lineEndpoints = {
  listPorts: endpoint({
    id: 'listPorts',
    method: 'GET',
    path: '/api/v1/ports',
    permission: 'ports.read',
    summary: 'List the lines of all gateways',
    query: z.object({ ...filters, sort: sortedBy(LINE_COLUMNS), ...paging }),
    response: list(Line),
  }),
  getPortFacet: endpoint({
    id: 'getPortFacet',
    method: 'GET',
    path: '/api/v1/ports/facets',
    permission: 'ports.read',
    summary: 'Count lines by the values of one filter',
    query: z.object({ ...filters, facet: z.enum(LINE_FACETS) }),
    response: Facet,
  }),
  exportPorts: csvEndpoint({
    id: 'exportPorts',
    path: '/api/v1/ports/export',
    permission: 'ports.read',
    summary: 'Export the lines that match as CSV',
    query: z.object({ ...filters, sort: sortedBy(LINE_COLUMNS), columns: someOf(LINE_COLUMNS) }),
  }),
};
