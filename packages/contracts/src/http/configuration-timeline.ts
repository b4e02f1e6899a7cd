import { APPLY_VERDICTS, CONFIG_GATEWAY_STATES } from '@loopstart/domain';
import { z } from 'zod';
import { ConfigEntryChange } from './configuration-revisions.ts';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { list, paging } from './list.ts';
import { gateway } from './params.ts';

/** Most changes of one revision that the timeline shows; its page has all. */
export const TIMELINE_CHANGES_MAX = 10;

const moment = { at: Instant, by: z.string(), reason: z.string().describe('Why, in the words of who did it') };

export const ConfigTimelineItem = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('revision'),
      ...moment,
      revision: z.int(),
      name: z.string(),
      rolledBackTo: z.int().nullable(),
      changes: z.array(ConfigEntryChange).describe('What it changed for this gateway or line'),
      changesTotal: z.int(),
    }),
    z.object({
      kind: z.literal('deployment'),
      ...moment,
      deploymentId: Id,
      revision: z.int(),
      state: z.enum(CONFIG_GATEWAY_STATES).describe('Of this gateway'),
      since: Instant,
      stateReason: z.string().nullable(),
      verdict: z.enum(APPLY_VERDICTS).nullable(),
    }),
  ])
  .meta({ id: 'ConfigTimelineItem' });
export type ConfigTimelineItem = z.infer<typeof ConfigTimelineItem>;

export const configurationTimelineEndpoints = {
  listConfigTimeline: endpoint({
    id: 'listConfigTimeline',
    method: 'GET',
    path: '/api/v1/configuration/gateways/:gatewayId/timeline',
    permission: 'configuration.read',
    summary: 'List what was published and deployed for a gateway or one line, with its result, the newest first',
    params: gateway,
    query: z.object({
      position: z.coerce.number().int().min(1).max(1000).optional().describe('This line alone'),
      until: Instant.optional().describe('What was done later is left out'),
      ...paging,
    }),
    response: list(ConfigTimelineItem),
  }),
} as const;
