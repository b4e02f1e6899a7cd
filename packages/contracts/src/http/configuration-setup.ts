import { z } from 'zod';
import { ConfigAccess } from '../agent/down/gateway-config.ts';
import { endpoint } from './endpoint.ts';
import { Instant } from './fields.ts';
import { gateway } from './params.ts';

/** What an operator asks of who publishes. */
export const ConfigPolicy = z
  .object({
    needsOtherPerson: z.boolean().describe('A draft with one editor must be published by another person'),
    changedBy: z.string().nullable(),
    changedAt: Instant.nullable(),
  })
  .meta({ id: 'ConfigPolicy' });
export type ConfigPolicy = z.infer<typeof ConfigPolicy>;

/** What is shown of a login. */
export const ShownAccess = z.object({
  user: z.string().nullable(),
  hasPassword: z.boolean(),
  hasEnablePassword: z.boolean(),
  hasSipLogin: z.boolean(),
});
export type ShownAccess = z.infer<typeof ShownAccess>;

/** Whether Loopstart can log in to a gateway to configure it. Passwords are written and never shown. */
export const ConfigAccessView = z
  .object({
    isSet: z.boolean(),
    ...ShownAccess.shape,
    setBy: z.string().nullable(),
    setAt: Instant.nullable(),
  })
  .meta({ id: 'ConfigAccessView' });
export type ConfigAccessView = z.infer<typeof ConfigAccessView>;

export const configurationSetupEndpoints = {
  getConfigPolicy: endpoint({
    id: 'getConfigPolicy',
    method: 'GET',
    path: '/api/v1/configuration/policy',
    permission: 'configuration.read',
    summary: 'Get what is asked of who publishes',
    response: ConfigPolicy,
  }),
  setConfigPolicy: endpoint({
    id: 'setConfigPolicy',
    method: 'PUT',
    path: '/api/v1/configuration/policy',
    permission: 'configuration.override',
    summary: 'Decide what is asked of who publishes',
    body: z.object({ needsOtherPerson: z.boolean() }),
    response: ConfigPolicy,
  }),
  getConfigAccess: endpoint({
    id: 'getConfigAccess',
    method: 'GET',
    path: '/api/v1/configuration/gateways/:gatewayId/access',
    permission: 'configuration.read',
    summary: 'Get whether Loopstart has a login for a gateway',
    params: gateway,
    response: ConfigAccessView,
  }),
  setConfigAccess: endpoint({
    id: 'setConfigAccess',
    method: 'PUT',
    path: '/api/v1/configuration/gateways/:gatewayId/access',
    permission: 'configuration.secrets',
    summary: 'Set or remove the login by which a gateway is configured',
    params: gateway,
    body: z.object({ access: ConfigAccess.nullable().describe('Null removes it') }),
    response: ConfigAccessView,
  }),
} as const;
