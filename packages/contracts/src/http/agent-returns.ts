import { RETURN_REASONS } from '@loopstart/domain';
import { z } from 'zod';
import { ReturnChallenge, ReturnRequest, ReturnResponse } from '../agent/return.ts';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { agent } from './params.ts';

/** An agent that proved an old key and asks to come back. */
export const AgentReturn = z
  .object({
    agentId: Id,
    hostname: z.string().describe('As the machine that asks names itself'),
    site: z.object({ id: Id, name: z.string(), timeZone: z.string() }),
    keySha256: z.string().describe('SHA-256 of its public key; an approval is for this key alone'),
    reason: z.enum(RETURN_REASONS).describe('Why a person has to approve'),
    address: z.string().describe('From where it last asked'),
    version: z.string(),
    expiredAt: Instant.describe('When its certificate expired, or expires'),
    firstAskedAt: Instant,
    lastAskedAt: Instant,
    approved: z.boolean().nullable().describe('Null: nobody has decided yet'),
    decidedAt: Instant.nullable(),
    decidedBy: z.string().nullable(),
  })
  .meta({ id: 'AgentReturn' });
export type AgentReturn = z.infer<typeof AgentReturn>;

/** Agents come back whose certificate expired or is not accepted any more. */
export const agentReturnEndpoints = {
  challengeAgentReturn: endpoint({
    id: 'challengeAgentReturn',
    method: 'POST',
    path: '/api/v1/agent-returns/challenge',
    permission: 'public',
    summary: 'Get a challenge that an agent signs with its old key to come back',
    response: ReturnChallenge,
  }),
  returnAgent: endpoint({
    id: 'returnAgent',
    method: 'POST',
    path: '/api/v1/agent-returns',
    permission: 'public',
    summary: "Exchange the proof of an old key for a certificate, or ask for a person's approval",
    body: ReturnRequest,
    response: ReturnResponse,
  }),
  listAgentReturns: endpoint({
    id: 'listAgentReturns',
    method: 'GET',
    path: '/api/v1/agent-returns',
    permission: 'agents.read',
    summary: 'List agents that ask to come back, those that nobody has decided on first',
    response: z.object({ items: z.array(AgentReturn).max(500) }),
  }),
  decideAgentReturn: endpoint({
    id: 'decideAgentReturn',
    method: 'POST',
    path: '/api/v1/agents/:agentId/return',
    permission: 'agents.approve-return',
    summary: 'Approve or refuse the return of an agent with one key',
    params: agent,
    body: z.object({
      keySha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/, { error: '64 lower-case hexadecimal digits' })
        .describe('The key that was shown; another one is not approved with it'),
      approve: z.boolean(),
    }),
    response: AgentReturn,
  }),
} as const;
