import { CONFIG_DRAFT_STATES, CONFIG_DRIFT_STATES, GRAVE_CAUSES } from '@loopstart/domain';
import { z } from 'zod';
import { ConfigGateway, ConfigKeyChange } from './configuration-parts.ts';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { confirm, reason } from './input-fields.ts';
import { list, paging, someOf } from './list.ts';
import { gateway } from './params.ts';

/** A configuration that a gateway ran, as its agent read it. */
export const RunningConfigSummary = z
  .object({
    id: Id,
    gatewayId: Id,
    jobId: Id.nullable(),
    moment: z.enum(['before', 'after', 'reverted']),
    format: z.string().describe('The vendor language'),
    firmware: z.string().nullable(),
    bytes: z.int(),
    firstReadAt: Instant,
    lastReadAt: Instant.describe('When the same content was read last'),
    isKept: z.boolean().describe('False where it was too large to be sent'),
  })
  .meta({ id: 'RunningConfigSummary' });
export type RunningConfigSummary = z.infer<typeof RunningConfigSummary>;

export const RunningConfigText = z
  .object({ config: RunningConfigSummary, text: z.string(), isMasked: z.boolean() })
  .meta({ id: 'RunningConfigText' });
export type RunningConfigText = z.infer<typeof RunningConfigText>;

export const ConfigDriftView = z
  .object({
    id: Id,
    gateway: ConfigGateway,
    foundAt: Instant,
    state: z.enum(CONFIG_DRIFT_STATES),
    keys: z.array(ConfigKeyChange).describe('`before` is what was deployed, `after` what the gateway has'),
    keysTotal: z.int(),
    graveKeys: z
      .array(z.object({ key: z.string(), cause: z.enum(GRAVE_CAUSES) }))
      .describe('Keys that emergency calls need, and keys that a layer above sealed'),
    draft: z
      .object({ id: Id, name: z.string(), state: z.enum(CONFIG_DRAFT_STATES) })
      .nullable()
      .describe('The draft into which these values were adopted last; the drift stays until the gateway is read again'),
    reason: z.string().nullable(),
    until: Instant.nullable(),
    decidedBy: z.string().nullable(),
    decidedAt: Instant.nullable(),
  })
  .meta({ id: 'ConfigDrift' });
export type ConfigDriftView = z.infer<typeof ConfigDriftView>;

const running = z.object({ configId: Id });

export const configurationRunningEndpoints = {
  listRunningConfigs: endpoint({
    id: 'listRunningConfigs',
    method: 'GET',
    path: '/api/v1/configuration/gateways/:gatewayId/running',
    permission: 'configuration.read',
    summary: 'List the configurations that a gateway ran, the newest first',
    params: gateway,
    query: z.object(paging),
    response: list(RunningConfigSummary),
  }),
  getRunningConfig: endpoint({
    id: 'getRunningConfig',
    method: 'GET',
    path: '/api/v1/configuration/running/:configId',
    permission: 'configuration.read',
    summary: 'Get the text of a running configuration, its secrets masked',
    params: running,
    response: RunningConfigText,
  }),
  revealRunningConfig: endpoint({
    id: 'revealRunningConfig',
    method: 'POST',
    path: '/api/v1/configuration/running/:configId/reveal',
    permission: 'configuration.secrets',
    summary: 'Get the text of a running configuration with its secrets; this is audited',
    params: running,
    body: z.object({ reason }),
    response: RunningConfigText,
    stepUp: true,
  }),
  compareRunningConfigs: endpoint({
    id: 'compareRunningConfigs',
    method: 'GET',
    path: '/api/v1/configuration/running/:configId/changes',
    permission: 'configuration.read',
    summary: 'Compare two running configurations of a gateway key by key, secrets masked',
    params: running,
    query: z.object({ since: Id.describe('The other one') }),
    response: z.object({ keys: z.array(ConfigKeyChange) }),
  }),
  listConfigDrifts: endpoint({
    id: 'listConfigDrifts',
    method: 'GET',
    path: '/api/v1/configuration/drifts',
    permission: 'configuration.read',
    summary: 'List gateways whose configuration was changed elsewhere, the newest first',
    query: z.object({ state: someOf(CONFIG_DRIFT_STATES), gatewayId: Id.optional(), ...paging }),
    response: list(ConfigDriftView),
  }),
  decideConfigDrift: endpoint({
    id: 'decideConfigDrift',
    method: 'POST',
    path: '/api/v1/configuration/drifts/:driftId/decide',
    permission: 'configuration.deploy',
    summary: 'Overwrite what was changed elsewhere, or ignore it until a time',
    params: z.object({ driftId: Id }),
    body: z.discriminatedUnion('decision', [
      z.object({
        decision: z.literal('overwrite'),
        reason,
        lifeSafetyConfirmed: z.boolean().default(false).describe('Life-safety lines may be interrupted by it'),
        confirm,
      }),
      z.object({ decision: z.literal('ignore'), reason, until: Instant }),
    ]),
    response: ConfigDriftView,
  }),
} as const;
