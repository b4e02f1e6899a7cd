export { IncidentFilters } from './filters.schema.ts';
export { INCIDENT_COLUMNS } from './inbox/columns.tsx';
export { IncidentsPage } from './inbox/incidents-page.tsx';
export { incidentQueryOf, incidentsQuery } from './queries.ts';
export { IncidentPage } from './incident/incident-page.tsx';
export { INBOX_SHORTCUTS } from './inbox/keys.ts';
