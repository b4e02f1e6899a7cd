import { CONFIG_EDIT_ACTIONS } from '@loopstart/domain';
import { z } from 'zod';
import { ConfigDraft } from './configuration-drafts.ts';
import { ConfigGateway, ConfigKeyChange, ConfigOrigin, ShownValue } from './configuration-parts.ts';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { name } from './input-fields.ts';
import { gateway } from './params.ts';

/** Most bytes of a configuration file that is brought in. The largest that was seen has 118 kB. */
export const CONFIG_FILE_BYTES_MAX = 512 * 1024;
const FILE_TOO_LARGE = `a file of at most ${CONFIG_FILE_BYTES_MAX / 1024} KiB`;

/**
 * What is brought in: a configuration that Loopstart read from the gateway, what of it drifted, or a file. Of a drift only
 * the settings whose keys were changed elsewhere are taken, without secrets.
 */
export const ConfigImportSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('running'), configId: Id }),
  z.object({ kind: z.literal('drift'), driftId: Id.describe('Adopts what was changed elsewhere') }),
  z.object({
    kind: z.literal('file'),
    content: z
      .base64({ error: 'the bytes of a file in base64' })
      .min(1, { error: 'a file that is not empty' })
      .max(Math.ceil(CONFIG_FILE_BYTES_MAX / 3) * 4, { error: FILE_TOO_LARGE })
      .describe('Of at most 512 KiB, in base64'),
  }),
]);
export type ConfigImportSource = z.infer<typeof ConfigImportSource>;

/** Where edits go that are brought in: into this draft, or into a new one of this name. */
export const ConfigImportTarget = z.union([z.object({ draftId: Id }), z.object({ name })]);
export type ConfigImportTarget = z.infer<typeof ConfigImportTarget>;

const placed = {
  field: z.string(),
  position: z.int().nullable().describe('The line; null: the gateway itself, or all of its lines'),
};

export const ConfigImportPreview = z
  .object({
    gateway: ConfigGateway,
    formatName: z.string().describe('The language of the vendor'),
    readAt: Instant.nullable().describe('When the gateway was read; null: a file'),
    unit: z
      .enum(['same', 'not-told'])
      .describe('`same`: the file names this gateway; `not-told`: it does not say which unit wrote it'),
    isEndMarked: z.boolean().describe('False: a file that was cut between two lines would look the same'),
    notes: z.array(z.object({ line: z.int().nullable(), text: z.string() })),
    edits: z.array(
      z.object({
        ...placed,
        action: z.enum(CONFIG_EDIT_ACTIONS).describe('`unmanage`: left as the gateway has it'),
        value: ShownValue,
        isSecret: z.boolean(),
      }),
    ),
    given: z
      .array(z.object({ ...placed, value: ShownValue, origin: ConfigOrigin }))
      .describe('What the layers give already: nothing is written for it'),
    blocked: z
      .array(z.object({ ...placed, value: ShownValue, reason: z.string() }))
      .describe('What was found and cannot be set for this gateway or line'),
    unread: z
      .array(z.object({ ...placed, field: z.string().nullable(), reason: z.string() }))
      .describe('Settings that are there and have no value in the model; the gateway keeps them'),
    kept: z
      .array(z.object({ key: z.string(), line: z.int(), value: z.string().nullable(), isSecret: z.boolean() }))
      .describe('Keys that stay as they are'),
    changes: z
      .array(z.object({ ...placed, field: z.string().nullable(), keys: z.array(ConfigKeyChange) }))
      .describe('What a deployment would change on the gateway all the same'),
    fingerprint: z.string().describe('Of the edits and of what they replace; the import states it'),
  })
  .meta({ id: 'ConfigImportPreview' });
export type ConfigImportPreview = z.infer<typeof ConfigImportPreview>;

export const configurationImportEndpoints = {
  previewConfigImport: endpoint({
    id: 'previewConfigImport',
    method: 'POST',
    path: '/api/v1/configuration/gateways/:gatewayId/import/preview',
    permission: 'configuration.write',
    summary: 'Read a configuration that was made by hand into settings; nothing is changed',
    params: gateway,
    body: z.object({
      source: ConfigImportSource,
      draftId: Id.optional().describe('The draft that the edits would go into: its edits count as made'),
    }),
    response: ConfigImportPreview,
  }),
  importConfig: endpoint({
    id: 'importConfig',
    method: 'POST',
    path: '/api/v1/configuration/gateways/:gatewayId/import',
    permission: 'configuration.write',
    summary: 'Put the settings of a configuration that was made by hand into a draft, all or none',
    params: gateway,
    body: z.object({
      source: ConfigImportSource,
      into: ConfigImportTarget,
      fingerprint: z.string().min(1).max(100).describe('Of the preview; where it differs by now, nothing is done'),
    }),
    response: z.object({ draft: ConfigDraft, edits: z.int() }),
  }),
} as const;
