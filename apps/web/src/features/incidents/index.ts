export { INBOX_SHORTCUTS } from './inbox/shortcuts.ts';
export { IncidentsPage } from './inbox/incidents-page.tsx';
export { INCIDENTS } from './inbox/list.ts';
export { incidentQueryOf } from './queries.ts';
export { IncidentPage } from './incident/incident-page.tsx';
