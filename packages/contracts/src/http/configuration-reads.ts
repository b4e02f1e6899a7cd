import { APPLY_REASON_CODES, APPLY_STATES, CONFIG_WAIT_REASONS, READ_CAUSES } from '@loopstart/domain';
import { z } from 'zod';
import { ConfigGateway } from './configuration-parts.ts';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { list, paging, someOf } from './list.ts';
import { gateway } from './params.ts';

/** A reading of a running configuration. It writes nothing; `confirmed`: it was read whole. */
export const ConfigRead = z
  .object({
    id: Id,
    gateway: ConfigGateway,
    cause: z.enum(READ_CAUSES).describe('`config-changed`: the gateway notified that it was changed'),
    issuedAt: Instant,
    state: z.enum(APPLY_STATES),
    since: Instant,
    reasonCode: z
      .enum([...APPLY_REASON_CODES, ...CONFIG_WAIT_REASONS])
      .nullable()
      .describe('Why it is in this state, or for what it waits'),
    reason: z.string().nullable().describe('The same in one sentence'),
  })
  .meta({ id: 'ConfigRead' });
export type ConfigRead = z.infer<typeof ConfigRead>;

export const configurationReadEndpoints = {
  listConfigReads: endpoint({
    id: 'listConfigReads',
    method: 'GET',
    path: '/api/v1/configuration/reads',
    permission: 'configuration.read',
    summary: 'List readings of running configurations, the newest first',
    query: z.object({ state: someOf(APPLY_STATES), gatewayId: Id.optional(), ...paging }),
    response: list(ConfigRead),
  }),
  readGatewayConfig: endpoint({
    id: 'readGatewayConfig',
    method: 'POST',
    path: '/api/v1/configuration/gateways/:gatewayId/reads',
    permission: 'configuration.deploy',
    summary: 'Have the running configuration of a gateway read; a reading that waits is answered as it is',
    params: gateway,
    response: ConfigRead,
    status: 201,
  }),
} as const;
