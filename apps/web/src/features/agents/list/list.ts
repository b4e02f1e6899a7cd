import { type AgentFacet, endpoints } from '@loopstart/contracts';
import { query } from '../../../lib/api/query.ts';
import { t } from '../../../messages/agents.ts';
import type { GridList } from '../../../ui/grid/grid-list.ts';
import { AGENT_COLUMNS, agentHref } from './columns.tsx';
import { AGENT_FILTERS } from './filters.ts';

/** The list of agents of all sites. */
export const AGENTS: GridList<'listAgents'> = {
  endpoint: 'listAgents',
  id: 'agents',
  columns: AGENT_COLUMNS,
  filters: AGENT_FILTERS,
  rowKey: ({ id }) => id,
  rowName: ({ hostname, site }) => `${hostname}, ${site.name}`,
  href: agentHref,
  counts: (facet, asked) => query('getAgentFacet', { query: { ...asked, facet: facet as AgentFacet } as never }),
  exportPath: endpoints.exportAgents.path,
  words: {
    search: t('searchAgents'),
    caption: t('agentsTheirHealth'),
    count: (shown, total) => t('count', { shown, total }),
    noMatch: [t('noAgentsMatchFilters'), t('searchAnotherHostName')],
  },
};
