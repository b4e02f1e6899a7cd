import { CONDITION_KINDS, LINE_DEVICE_CLASSES } from '@loopstart/domain';
import { z } from 'zod';
import { AlertSeverity } from './alert-parts.ts';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { confirm, reason } from './input-fields.ts';
import { list, paging } from './list.ts';

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
    state: z.enum(['active', 'planned', 'over']),
    createdBy: z.string(),
    matching: z.int().describe('Number of open incidents it silences now'),
  })
  .meta({ id: 'Silence' });
export type Silence = z.infer<typeof Silence>;

export const silenceEndpoints = {
  listSilences: endpoint({
    id: 'listSilences',
    method: 'GET',
    path: '/api/v1/silences',
    permission: 'silences.read',
    summary: 'List silences',
    query: z.object({ state: z.enum(['active', 'planned', 'over']).optional(), ...paging }),
    response: list(Silence),
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
