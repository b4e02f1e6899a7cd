import { query } from '../../lib/api/query.ts';

export const agentQuery = (agentId: string) => query('getAgent', { params: { agentId } });

export const targetsQuery = (agentId: string) => query('getAgentTargets', { params: { agentId } });

/** The agents of a site in one page, to see a new one appear. */
export const agentsOfSiteQuery = (siteId: string) => query('listAgents', { query: { siteId, limit: 500 } });

/** Sites to install an agent on. */
export const siteChoicesQuery = () => query('listSites', { query: { limit: 500 } });

/** Agents that ask to come back. */
export const returnsQuery = () => query('listAgentReturns');
