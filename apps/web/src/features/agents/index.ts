export { AddAgentPage } from './add/add-agent-page.tsx';
export { AgentPage } from './agent-page.tsx';
export { AgentsPage } from './agents-page.tsx';
export { AgentFilters } from './filters.schema.ts';
export { agentQuery, agentsQuery, siteChoicesQuery } from './queries.ts';
export { AGENT_COLUMNS } from './columns.tsx';
