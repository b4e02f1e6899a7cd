import { z } from 'zod';
import { Target, TARGET_ADDRESSES_MAX, targetAddressCount } from '../agent/down/agent-settings.ts';
import { endpoint } from './endpoint.ts';
import { agent } from './params.ts';

/** A discovery target without its secrets: it only shows whether they are set. */
export const TargetView = z.object({
  id: z.string(),
  address: z.string(),
  port: z.int(),
  version: z.enum(['v1', 'v2c', 'v3']),
  user: z.string().nullable(),
  level: z.string().nullable(),
  hasSecrets: z.boolean(),
  canWrite: z.boolean(),
  pollIntervalMs: z.int().nullable(),
});

/** A target without `access` keeps the stored access of the target with the same id. */
export const AgentTargetsInput = z.object({
  targets: z
    .array(Target.extend({ access: Target.shape.access.optional() }))
    .max(2000)
    .superRefine((targets, context) => {
      let addresses = 0;
      for (const [index, { address }] of targets.entries()) {
        addresses += targetAddressCount(address);
        if (addresses <= TARGET_ADDRESSES_MAX) continue;
        const message = `at most ${TARGET_ADDRESSES_MAX} addresses in all targets together; with this one there are more`;
        return context.addIssue({ code: 'custom', path: [index, 'address'], message });
      }
    }),
  trapPort: z.int().min(0).max(65535).optional(),
});

export const agentTargetEndpoints = {
  getAgentTargets: endpoint({
    id: 'getAgentTargets',
    method: 'GET',
    path: '/api/v1/agents/:agentId/targets',
    permission: 'agent-targets.read',
    summary: 'Get the discovery targets of an agent',
    params: agent,
    response: z.object({ revision: z.int(), trapPort: z.int(), targets: z.array(TargetView) }),
  }),
  putAgentTargets: endpoint({
    id: 'putAgentTargets',
    method: 'PUT',
    path: '/api/v1/agents/:agentId/targets',
    permission: 'agent-targets.write',
    summary: 'Set the discovery targets of an agent',
    params: agent,
    body: AgentTargetsInput,
    response: z.object({ revision: z.int(), trapPort: z.int(), targets: z.array(TargetView) }),
  }),
} as const;
