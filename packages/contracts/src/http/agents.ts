import { z } from 'zod';
import { csvEndpoint, endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { confirm } from './input-fields.ts';
import { Facet, list, paging, search, someIds, someNames, someOf, sortedBy } from './list.ts';
import { agent } from './params.ts';

/** State of an agent: `never-connected` after enrolment, `silent` once its lease has expired. */
export const AGENT_STATES = ['online', 'silent', 'never-connected', 'revoked'] as const;

export const Agent = z
  .object({
    id: Id,
    site: z.object({
      id: Id,
      name: z.string(),
      timeZone: z.string(),
      customerId: Id,
      customerName: z.string(),
    }),
    state: z.enum(AGENT_STATES),
    hostname: z.string(),
    version: z.string(),
    platform: z.string().nullable(),
    enrolledAt: Instant,
    lastSeenAt: Instant.nullable(),
    startedAt: Instant.nullable(),
    certificateExpiresAt: Instant,
    certificateIssuedAt: Instant.nullable().describe('Null: the agent has no certificate'),
    certificateRenewsAt: Instant.nullable().describe('When the agent plans to renew it; null: it has none'),
    replacedBy: z.object({ id: Id, hostname: z.string() }).nullable().describe('The agent that took its place'),
    rssBytes: z.number().nullable(),
    cpuPercent: z.number().nullable(),
    backlogMessages: z.int().nullable(),
    backlogBytes: z.number().nullable(),
    backlogOldestAt: Instant.nullable(),
    diskFreeBytes: z.number().nullable(),
    pollsOk: z.int().nullable(),
    pollsFailed: z.int().nullable(),
    clockSkewMs: z
      .int()
      .nullable()
      .describe('Agent clock minus server clock at its last message; null before the first'),
    configRevisionDesired: z.int(),
    configRevisionReported: z.int().nullable(),
    gatewayCount: z.int(),
    targets: z
      .array(
        z.object({
          address: z.string(),
          gatewayId: Id.nullable(),
          reachable: z.boolean().nullable(),
          reason: z.string().nullable(),
          lastAnswerAt: Instant.nullable(),
        }),
      )
      .describe('Discovery targets of the agent, and whether each answers'),
    callRecords: z
      .object({
        port: z.int().nullable().describe('Port for syslog; null: not listening'),
        lines: z.int(),
        steps: z.int().describe('Steps of calls that the lines gave'),
        refused: z.record(z.string(), z.int()).describe('Lines that were refused, by reason'),
      })
      .nullable()
      .describe('Call records by syslog since the start of the agent; null: it has not reported them'),
    rejectedMessages: z.int(),
    lostMessages: z.int().describe('Messages the agent dropped, as it reported in gaps'),
    identityConflictAt: Instant.nullable().describe('When two machines were last seen with the identity of this agent'),
    contestedGateways: z
      .int()
      .describe('Gateways it reads that another agent of the site owns; its reports of them are ignored'),
  })
  .meta({ id: 'Agent' });
export type Agent = z.infer<typeof Agent>;

/** Columns of the list of agents: each can be sorted by and exported. */
export const AGENT_COLUMNS = [
  'hostname',
  'state',
  'seen',
  'site',
  'customer',
  'gateways',
  'backlog',
  'lost',
  'version',
  'platform',
  'certificate',
  'enrolled',
] as const;
export type AgentColumn = (typeof AGENT_COLUMNS)[number];

const filters = {
  ...search,
  customerId: someIds,
  siteId: someIds,
  state: someOf(AGENT_STATES),
  version: someNames,
};

/** Filters of agents of which the values are counted. */
export const AGENT_FACETS = ['customerId', 'siteId', 'state', 'version'] as const;
export type AgentFacet = (typeof AGENT_FACETS)[number];

export const agentEndpoints = {
  listAgents: endpoint({
    id: 'listAgents',
    method: 'GET',
    path: '/api/v1/agents',
    permission: 'agents.read',
    summary: 'List agents with their health',
    query: z.object({ ...filters, sort: sortedBy(AGENT_COLUMNS), ...paging }),
    response: list(Agent),
  }),
  getAgentFacet: endpoint({
    id: 'getAgentFacet',
    method: 'GET',
    path: '/api/v1/agents/facets',
    permission: 'agents.read',
    summary: 'Count agents by the values of one filter',
    query: z.object({ ...filters, facet: z.enum(AGENT_FACETS) }),
    response: Facet,
  }),
  exportAgents: csvEndpoint({
    id: 'exportAgents',
    path: '/api/v1/agents/export',
    permission: 'agents.read',
    summary: 'Export the agents that match as CSV',
    query: z.object({ ...filters, sort: sortedBy(AGENT_COLUMNS), columns: someOf(AGENT_COLUMNS) }),
  }),
  getAgent: endpoint({
    id: 'getAgent',
    method: 'GET',
    path: '/api/v1/agents/:agentId',
    permission: 'agents.read',
    summary: 'Get an agent',
    params: agent,
    response: Agent,
  }),
  revokeAgent: endpoint({
    id: 'revokeAgent',
    method: 'POST',
    path: '/api/v1/agents/:agentId/revoke',
    permission: 'agents.revoke',
    summary: 'Revoke an agent',
    params: agent,
    body: z.object({ confirm }),
    response: Agent,
  }),
  settleIdentityConflict: endpoint({
    id: 'settleIdentityConflict',
    method: 'POST',
    path: '/api/v1/agents/:agentId/identity-conflict/settle',
    permission: 'agents.settle-identity',
    summary: 'Settle the identity conflict of an agent: only one machine uses its identity',
    params: agent,
    response: Agent,
  }),
  handOverGateways: endpoint({
    id: 'handOverGateways',
    method: 'POST',
    path: '/api/v1/agents/:agentId/hand-over',
    permission: 'agents.hand-over',
    summary: 'Hand gateways of an agent over to another agent of its site',
    params: agent,
    body: z.object({
      toAgentId: Id.describe('Another agent of the same site, not revoked'),
      gatewayIds: z.array(Id).min(1).max(2000).optional().describe('Absent: all gateways of the agent'),
      confirm,
    }),
    response: z.object({ gateways: z.int().describe('Number of gateways handed over') }),
  }),
} as const;
