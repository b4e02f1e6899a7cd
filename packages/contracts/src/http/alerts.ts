import { z } from 'zod';
import { Evidence, Hold } from './alert-parts.ts';
import { alertFilter, alertShape } from './alert-shape.ts';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { list, paging, search, timeRange } from './list.ts';

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

export const alertEndpoints = {
  listAlerts: endpoint({
    id: 'listAlerts',
    method: 'GET',
    path: '/api/v1/alerts',
    permission: 'alerts.read',
    summary: 'List alerts, suppressed and held ones included',
    query: z.object({
      ...search,
      ...alertFilter,
      state: z.enum(['open', 'resolved', 'all']).default('open'),
      held: z.enum(['yes', 'no']).optional(),
      ...timeRange,
      ...paging,
    }),
    response: list(Alert),
  }),
} as const;
