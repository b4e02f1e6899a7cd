export { AddAgentPage } from './add/add-agent-page.tsx';
export { AgentPage } from './agent-page.tsx';
export { AgentsPage } from './list/agents-page.tsx';
export { AGENTS } from './list/list.ts';
export { ReturnsCount, ReturnsNotice } from './returns-attention.tsx';
export { agentQuery, siteChoicesQuery } from './queries.ts';
