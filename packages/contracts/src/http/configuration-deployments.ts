import {
  APPLY_REASON_CODES,
  APPLY_VERDICTS,
  CONFIG_GATEWAY_STATES,
  CONFIG_WAIT_REASONS,
  DEPLOYMENT_MODES,
  DEPLOYMENT_STATES,
  HELD_CONFIGURATIONS,
} from '@loopstart/domain';
import { z } from 'zod';
import { ConfigDifference } from '../agent/up/gateway-config.ts';
import { ConfigGateway } from './configuration-parts.ts';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { confirm, reason } from './input-fields.ts';
import { list, paging, someOf } from './list.ts';

/** Most gateways of one deployment. */
export const CONFIG_DEPLOYMENT_GATEWAYS_MAX = 10_000;

export const ConfigDeploymentInput = z.object({
  revision: z
    .int()
    .min(1)
    .optional()
    .describe('The newest revision where it is absent; older ones are rolled back first'),
  gatewayIds: z.array(Id).min(1).max(1000).optional(),
  siteId: Id.optional(),
  customerId: Id.optional(),
  mode: z
    .enum(DEPLOYMENT_MODES)
    .describe('`now`; `window`: in maintenance windows alone; `stepwise`: one gateway after the other'),
  stopOnFailure: z.boolean().default(true).describe('After a gateway failed or went back, nothing more begins'),
  expiresAt: Instant.describe('When what still waits is given up; at most 30 days from now'),
  reason,
  lifeSafetyConfirmed: z.boolean().default(false).describe('Life-safety lines may be interrupted by this change'),
  overrideReason: z.string().trim().min(10).max(500).nullable().default(null),
  acceptsReadBack: z
    .boolean()
    .default(false)
    .describe(
      'Gateways that show no registrations are judged by the read-back alone: they answer, their ports are in service and their settings read back equal, but whether their lines register is not known. Otherwise they are refused as `not-provable`',
    ),
  confirm,
});
export type ConfigDeploymentInput = z.infer<typeof ConfigDeploymentInput>;

export const ConfigDeployment = z
  .object({
    id: Id,
    revision: z.int(),
    mode: z.enum(DEPLOYMENT_MODES),
    state: z.enum(DEPLOYMENT_STATES),
    stateReason: z.string().nullable(),
    stopOnFailure: z.boolean(),
    reason: z.string(),
    startedBy: z.string(),
    acceptsReadBack: z
      .boolean()
      .describe('Whoever began it accepted the read-back as the only proof where no registration is shown'),
    startedAt: Instant,
    expiresAt: Instant,
    gateways: z.int(),
    gatewaysByState: z.array(z.object({ state: z.enum(CONFIG_GATEWAY_STATES), gateways: z.int() })),
  })
  .meta({ id: 'ConfigDeployment' });
export type ConfigDeployment = z.infer<typeof ConfigDeployment>;

/** One gateway of a deployment. Nothing is `confirmed` that was not read back and seen to work. */
export const ConfigJob = z
  .object({
    id: Id,
    deploymentId: Id,
    gateway: ConfigGateway,
    revision: z.int(),
    state: z.enum(CONFIG_GATEWAY_STATES),
    since: Instant,
    reasonCode: z
      .enum([...APPLY_REASON_CODES, ...CONFIG_WAIT_REASONS])
      .nullable()
      .describe('Why it is in this state, or for what it waits'),
    reason: z.string().nullable().describe('The same in one sentence'),
    holds: z.enum(HELD_CONFIGURATIONS),
    verdict: z.enum(APPLY_VERDICTS).nullable(),
    acceptsReadBackBy: z
      .string()
      .nullable()
      .describe('Who accepted the read-back as the only proof where no registration is shown; null: nobody'),
    differences: z.array(ConfigDifference),
    differencesTotal: z.int(),
  })
  .meta({ id: 'ConfigJob' });
export type ConfigJob = z.infer<typeof ConfigJob>;

const deployment = z.object({ deploymentId: Id });

export const configurationDeploymentEndpoints = {
  deployConfig: endpoint({
    id: 'deployConfig',
    method: 'POST',
    path: '/api/v1/configuration/deployments',
    permission: 'configuration.deploy',
    summary: 'Send a revision to gateways',
    body: ConfigDeploymentInput,
    response: ConfigDeployment,
    status: 201,
  }),
  listConfigDeployments: endpoint({
    id: 'listConfigDeployments',
    method: 'GET',
    path: '/api/v1/configuration/deployments',
    permission: 'configuration.read',
    summary: 'List deployments, the newest first',
    query: z.object({ state: z.enum(DEPLOYMENT_STATES).optional(), ...paging }),
    response: list(ConfigDeployment),
  }),
  getConfigDeployment: endpoint({
    id: 'getConfigDeployment',
    method: 'GET',
    path: '/api/v1/configuration/deployments/:deploymentId',
    permission: 'configuration.read',
    summary: 'Get a deployment',
    params: deployment,
    response: ConfigDeployment,
  }),
  listConfigJobs: endpoint({
    id: 'listConfigJobs',
    method: 'GET',
    path: '/api/v1/configuration/jobs',
    permission: 'configuration.read',
    summary: 'List gateways of deployments with their state, the newest change first',
    query: z.object({
      deploymentId: Id.optional(),
      gatewayId: Id.optional(),
      state: someOf(CONFIG_GATEWAY_STATES),
      ...paging,
    }),
    response: list(ConfigJob),
  }),
  cancelConfigDeployment: endpoint({
    id: 'cancelConfigDeployment',
    method: 'POST',
    path: '/api/v1/configuration/deployments/:deploymentId/cancel',
    permission: 'configuration.deploy',
    summary: 'Cancel what still waits; what an agent has begun, it brings to its end',
    params: deployment,
    body: z.object({ reason }),
    response: ConfigDeployment,
  }),
} as const;
