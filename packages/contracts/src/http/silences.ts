import { CONDITION_KINDS, LINE_DEVICE_CLASSES } from '@loopstart/domain';
import { z } from 'zod';
import { AlertSeverity } from './alert-parts.ts';
import { csvEndpoint, endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { confirm, reason } from './input-fields.ts';
import { Facet, list, paging, search, someNames, someOf, sortedBy } from './list.ts';

/** Whether a silence or a maintenance window is in force. */
export const HOLD_BACK_STATES = ['active', 'planned', 'over'] as const;

export const SilenceMatcher = z.object({
  kinds: z.array(z.enum(CONDITION_KINDS)).min(1).optional(),
  severities: z.array(AlertSeverity).min(1).optional(),
  lineDeviceClasses: z.array(z.enum(LINE_DEVICE_CLASSES)).min(1).optional(),
  customerId: Id.optional(),
  siteId: Id.optional(),
  gatewayId: Id.optional(),
  position: z.int().min(1).optional(),
});

export const SilenceInput = z.object({
  matcher: SilenceMatcher,
  reason,
  startsAt: Instant.optional(),
  endsAt: Instant.describe('At most 90 days from now'),
});
export type SilenceInput = z.infer<typeof SilenceInput>;

export const Silence = z
  .object({
    id: Id,
    matcher: SilenceMatcher,
    scopeName: z.string().describe('What the silence covers, in words'),
    reason: z.string(),
    startsAt: Instant,
    endsAt: Instant,
    endedAt: Instant.nullable(),
    state: z.enum(HOLD_BACK_STATES),
    createdBy: z.string(),
    matching: z.int().describe('Number of open incidents it silences now'),
  })
  .meta({ id: 'Silence' });
export type Silence = z.infer<typeof Silence>;

/** Columns of the list of silences: each can be sorted by and exported. */
export const SILENCE_COLUMNS = ['scope', 'state', 'starts', 'until', 'reason', 'by'] as const;
export type SilenceColumn = (typeof SILENCE_COLUMNS)[number];

const filters = { ...search, state: someOf(HOLD_BACK_STATES), by: someNames };

/** Filters of silences of which the values are counted. */
export const SILENCE_FACETS = ['state', 'by'] as const;
export type SilenceFacet = (typeof SILENCE_FACETS)[number];

export const silenceEndpoints = {
  listSilences: endpoint({
    id: 'listSilences',
    method: 'GET',
    path: '/api/v1/silences',
    permission: 'silences.read',
    summary: 'List silences',
    query: z.object({ ...filters, sort: sortedBy(SILENCE_COLUMNS), ...paging }),
    response: list(Silence),
  }),
  getSilenceFacet: endpoint({
    id: 'getSilenceFacet',
    method: 'GET',
    path: '/api/v1/silences/facets',
    permission: 'silences.read',
    summary: 'Count silences by the values of one filter',
    query: z.object({ ...filters, facet: z.enum(SILENCE_FACETS) }),
    response: Facet,
  }),
  exportSilences: csvEndpoint({
    id: 'exportSilences',
    path: '/api/v1/silences/export',
    permission: 'silences.read',
    summary: 'Export the silences that match as CSV',
    query: z.object({ ...filters, sort: sortedBy(SILENCE_COLUMNS), columns: someOf(SILENCE_COLUMNS) }),
  }),
  createSilence: endpoint({
    id: 'createSilence',
    method: 'POST',
    path: '/api/v1/silences',
    permission: 'silences.write',
    summary: 'Create a silence with a reason and an end',
    body: SilenceInput.extend({ confirm }),
    response: Silence,
    status: 201,
  }),
  endSilence: endpoint({
    id: 'endSilence',
    method: 'POST',
    path: '/api/v1/silences/:silenceId/end',
    permission: 'silences.write',
    summary: 'End a silence',
    params: z.object({ silenceId: Id }),
    response: Silence,
  }),
} as const;
