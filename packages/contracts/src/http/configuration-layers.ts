import { LINE_DEVICE_CLASSES } from '@loopstart/domain';
import { z } from 'zod';
import { ConfigEntry, ConfigGateway, EffectiveSetting, placeQuery } from './configuration-parts.ts';
import { endpoint } from './endpoint.ts';
import { Id } from './fields.ts';
import { gateway } from './params.ts';

/** Why an entry of a layer has no effect for a gateway or port. */
export const ConfigEntryProblem = z.object({
  kind: z.string(),
  field: z.string(),
  position: z.int().nullable(),
  layer: z.string(),
  layerName: z.string(),
  detail: z.string(),
});

export const EffectiveConfig = z
  .object({
    gateway: ConfigGateway,
    revision: z.int().nullable().describe('The newest published revision; null before the first'),
    confirmedRevision: z
      .int()
      .nullable()
      .describe('The newest revision that the gateway was shown to have; null: none'),
    settings: z.array(EffectiveSetting),
    ports: z.array(
      z.object({
        position: z.int(),
        label: z.string().nullable(),
        number: z.string().nullable(),
        deviceClass: z.enum(LINE_DEVICE_CLASSES),
        settings: z.array(EffectiveSetting),
      }),
    ),
    problems: z.array(ConfigEntryProblem),
  })
  .meta({ id: 'EffectiveConfig' });
export type EffectiveConfig = z.infer<typeof EffectiveConfig>;

export const configurationLayerEndpoints = {
  listConfigEntries: endpoint({
    id: 'listConfigEntries',
    method: 'GET',
    path: '/api/v1/configuration/entries',
    permission: 'configuration.read',
    summary: 'List what is published at one place: settings, variables and dial plans',
    query: z.object(placeQuery),
    response: z.object({ items: z.array(ConfigEntry) }),
  }),
  getEffectiveConfig: endpoint({
    id: 'getEffectiveConfig',
    method: 'GET',
    path: '/api/v1/configuration/gateways/:gatewayId/effective',
    permission: 'configuration.read',
    summary: 'Get the settings of a gateway and its ports, each with where it comes from',
    params: gateway,
    query: z.object({
      draftId: Id.optional().describe('As it would be once this draft is published'),
      position: z.coerce.number().int().min(1).optional().describe('This port alone'),
    }),
    response: EffectiveConfig,
  }),
} as const;
