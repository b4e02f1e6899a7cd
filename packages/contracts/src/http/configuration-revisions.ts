import { CONFIG_CHECKS } from '@loopstart/domain';
import { z } from 'zod';
import { ConfigItem, ConfigPlace, ShownValue } from './configuration-parts.ts';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { confirm, reason } from './input-fields.ts';
import { list, paging } from './list.ts';

/** A published state of all settings. Never changed. */
export const ConfigRevision = z
  .object({
    number: z.int().min(1),
    draftId: Id.nullable(),
    name: z.string().describe('Of the draft, or of the way back'),
    publishedBy: z.string(),
    publishedAt: Instant,
    reason: z.string(),
    editors: z.array(z.string()),
    changes: z.int(),
    overrides: z.array(z.object({ check: z.enum(CONFIG_CHECKS), reason: z.string() })),
    rolledBackTo: z.int().nullable().describe('The revision whose settings it brought back; null: none'),
  })
  .meta({ id: 'ConfigRevision' });
export type ConfigRevision = z.infer<typeof ConfigRevision>;

/** One entry that differs between two revisions. Of secrets only whether they are set. */
export const ConfigEntryChange = z
  .object({
    place: ConfigPlace,
    placeName: z.string(),
    ...ConfigItem,
    isSecret: z.boolean(),
    before: z.object({ value: ShownValue, isSealed: z.boolean() }).nullable().describe('Null: no entry'),
    after: z.object({ value: ShownValue, isSealed: z.boolean() }).nullable().describe('Null: no entry'),
    author: z.string(),
    at: Instant,
    revision: z.int(),
  })
  .meta({ id: 'ConfigEntryChange' });
export type ConfigEntryChange = z.infer<typeof ConfigEntryChange>;

const revision = z.object({ revision: z.coerce.number().int().min(1) });

export const configurationRevisionEndpoints = {
  publishConfigDraft: endpoint({
    id: 'publishConfigDraft',
    method: 'POST',
    path: '/api/v1/configuration/drafts/:draftId/publish',
    permission: 'configuration.publish',
    summary: 'Publish a draft as the next revision; nothing is sent to gateways yet',
    params: z.object({ draftId: Id }),
    body: z.object({
      reason,
      overrides: z
        .array(z.object({ check: z.enum(CONFIG_CHECKS), reason }))
        .max(20)
        .default([])
        .describe('Checks that are overridden by name; needs configuration.override'),
      confirm,
    }),
    response: ConfigRevision,
    status: 201,
  }),
  listConfigRevisions: endpoint({
    id: 'listConfigRevisions',
    method: 'GET',
    path: '/api/v1/configuration/revisions',
    permission: 'configuration.read',
    summary: 'List revisions, the newest first',
    query: z.object(paging),
    response: list(ConfigRevision),
  }),
  getConfigRevision: endpoint({
    id: 'getConfigRevision',
    method: 'GET',
    path: '/api/v1/configuration/revisions/:revision',
    permission: 'configuration.read',
    summary: 'Get a revision',
    params: revision,
    response: ConfigRevision,
  }),
  compareConfigRevisions: endpoint({
    id: 'compareConfigRevisions',
    method: 'GET',
    path: '/api/v1/configuration/revisions/:revision/changes',
    permission: 'configuration.read',
    summary: 'List the entries that differ between two revisions',
    params: revision,
    query: z.object({
      since: z.coerce
        .number()
        .int()
        .min(0)
        .optional()
        .describe('The other revision; the one before where it is absent'),
      ...paging,
    }),
    response: list(ConfigEntryChange),
  }),
  rollBackConfig: endpoint({
    id: 'rollBackConfig',
    method: 'POST',
    path: '/api/v1/configuration/revisions/:revision/roll-back',
    permission: 'configuration.publish',
    summary: 'Publish the settings of a former revision again, as a new one',
    params: revision,
    body: z.object({
      reason,
      overrides: z
        .array(z.object({ check: z.enum(CONFIG_CHECKS), reason }))
        .max(20)
        .default([]),
      confirm,
    }),
    response: ConfigRevision,
    status: 201,
  }),
  listConfigHistory: endpoint({
    id: 'listConfigHistory',
    method: 'GET',
    path: '/api/v1/configuration/gateways/:gatewayId/history',
    permission: 'configuration.read',
    summary: 'List what changed for a gateway and its ports, in any layer, the newest first',
    params: z.object({ gatewayId: Id }),
    query: z.object({ position: z.coerce.number().int().min(1).optional(), ...paging }),
    response: list(ConfigEntryChange),
  }),
} as const;
