import { CONFIG_EDIT_ACTIONS, LINE_DEVICE_CLASSES } from '@loopstart/domain';
import { z } from 'zod';
import { ConfigGateway, ConfigOrigin, ShownValue } from './configuration-parts.ts';
import { endpoint } from './endpoint.ts';
import { Id } from './fields.ts';
import { list, paging } from './list.ts';

/** The settings of a port that are edited for many lines at once, in the order of a sheet. */
export const LINE_FIELDS = [
  'port.extension',
  'port.displayName',
  'port.authName',
  'port.password',
  'port.dialPlan',
  'port.enabled',
] as const;
export type LineField = (typeof LINE_FIELDS)[number];

/** One setting of one line. */
export const ConfigLineCell = z.object({
  field: z.enum(LINE_FIELDS),
  value: ShownValue.describe('What holds for the line; null: not managed'),
  origin: ConfigOrigin.nullable().describe('Where it comes from; null: nothing sets it'),
  sees: Id.nullable().describe(
    'The edit of the draft, or the published entry, of the port itself; null: nothing is set there',
  ),
  inDraft: z.enum(CONFIG_EDIT_ACTIONS).nullable().describe('What the draft does with it at the port'),
});

export const ConfigLine = z
  .object({
    gateway: ConfigGateway,
    position: z.int(),
    label: z.string().nullable(),
    number: z.string().nullable(),
    deviceClass: z.enum(LINE_DEVICE_CLASSES),
    cells: z.array(ConfigLineCell).describe('One for each field, in their order'),
  })
  .meta({ id: 'ConfigLine' });
export type ConfigLine = z.infer<typeof ConfigLine>;

export const configurationLineEndpoints = {
  listConfigLines: endpoint({
    id: 'listConfigLines',
    method: 'GET',
    path: '/api/v1/configuration/lines',
    permission: 'configuration.read',
    summary: 'List the lines of a customer, site or gateway with what is edited for many of them at once',
    query: z.object({
      customerId: Id.optional(),
      siteId: Id.optional(),
      gatewayId: Id.optional().describe('Exactly one of these three'),
      draftId: Id.optional().describe('As it would be once this draft is published'),
      ...paging,
    }),
    response: list(ConfigLine),
  }),
} as const;
