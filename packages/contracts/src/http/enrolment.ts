import { z } from 'zod';
import { EnrolRequest, EnrolResponse } from '../agent/enrol.ts';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { agent, site } from './params.ts';

export const EnrolmentToken = z
  .object({
    token: z.string().describe('Shown once; only its hash is stored'),
    expiresAt: Instant,
    siteId: Id,
    replacesAgentId: Id.nullable().describe('The agent that the new one takes the place of'),
    installCommand: z.string(),
  })
  .meta({ id: 'EnrolmentToken' });
export type EnrolmentToken = z.infer<typeof EnrolmentToken>;

export const enrolmentEndpoints = {
  createEnrolmentToken: endpoint({
    id: 'createEnrolmentToken',
    method: 'POST',
    path: '/api/v1/sites/:siteId/enrolment-tokens',
    permission: 'agents.enrol',
    summary: 'Create a one-time enrolment token that is valid for 24 hours',
    params: site,
    response: EnrolmentToken,
    status: 201,
  }),
  createReplacementToken: endpoint({
    id: 'createReplacementToken',
    method: 'POST',
    path: '/api/v1/agents/:agentId/replacement-tokens',
    permission: 'agents.replace',
    summary: 'Create an enrolment token for new hardware that takes the place of an agent and revokes it',
    params: agent,
    response: EnrolmentToken,
    status: 201,
  }),
  enrolAgent: endpoint({
    id: 'enrolAgent',
    method: 'POST',
    path: '/api/v1/enrol',
    permission: 'public',
    summary: 'Enrol an agent: exchange its token and CSR for a certificate',
    body: EnrolRequest,
    response: EnrolResponse,
    status: 201,
  }),
} as const;
