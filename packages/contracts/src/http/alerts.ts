import { CONDITION_KINDS } from '@loopstart/domain';
import { z } from 'zod';
import { ALERT_SEVERITIES, Evidence, Hold, HOLD_REASONS } from './alert-parts.ts';
import { alertShape } from './alert-shape.ts';
import { csvEndpoint, endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { Facet, list, paging, search, someIds, someOf, sortedBy, timeRange } from './list.ts';

export const Alert = z
  .object({
    ...alertShape,
    openedAt: Instant,
    resolvedAt: Instant.nullable(),
    resolution: z.string().nullable(),
    evidence: Evidence,
    hold: Hold.nullable(),
    incidentId: Id.nullable(),
  })
  .meta({ id: 'Alert' });
export type Alert = z.infer<typeof Alert>;

/** Columns of the list of alerts: each can be sorted by and exported. */
export const ALERT_COLUMNS = [
  'title',
  'severity',
  'where',
  'site',
  'customer',
  'since',
  'opened',
  'resolved',
  'hold',
  'evidence',
] as const;
export type AlertColumn = (typeof ALERT_COLUMNS)[number];

const filters = {
  ...search,
  kind: someOf(CONDITION_KINDS),
  severity: someOf(ALERT_SEVERITIES),
  customerId: someIds,
  siteId: someIds,
  gatewayId: someIds,
  position: z.coerce.number().int().min(1).optional(),
  state: z.enum(['open', 'resolved', 'all']).default('open'),
  held: z.enum(['yes', 'no']).optional().describe('Whether the alert notifies no one'),
  hold: someOf(HOLD_REASONS).describe('Why it notifies no one'),
  ...timeRange,
};

/** Filters of alerts whose values are counted. */
export const ALERT_FACETS = ['kind', 'severity', 'hold', 'customerId', 'siteId', 'gatewayId', 'position'] as const;
export type AlertFacet = (typeof ALERT_FACETS)[number];

export const alertEndpoints = {
  listAlerts: endpoint({
    id: 'listAlerts',
    method: 'GET',
    path: '/api/v1/alerts',
    permission: 'alerts.read',
    summary: 'List alerts, suppressed and held ones included, by default newest first',
    query: z.object({ ...filters, sort: sortedBy(ALERT_COLUMNS), ...paging }),
    response: list(Alert),
  }),
  getAlertFacet: endpoint({
    id: 'getAlertFacet',
    method: 'GET',
    path: '/api/v1/alerts/facets',
    permission: 'alerts.read',
    summary: 'Count alerts by the values of one filter',
    query: z.object({ ...filters, facet: z.enum(ALERT_FACETS) }),
    response: Facet,
  }),
  exportAlerts: csvEndpoint({
    id: 'exportAlerts',
    path: '/api/v1/alerts/export',
    permission: 'alerts.read',
    summary: 'Export the alerts that match as CSV',
    query: z.object({ ...filters, sort: sortedBy(ALERT_COLUMNS), columns: someOf(ALERT_COLUMNS) }),
  }),
} as const;
