export { IncidentFilters } from './filters.schema.ts';
export { INCIDENT_COLUMNS } from './inbox/columns.tsx';
export { IncidentsPage } from './inbox/incidents-page.tsx';
export { incidentsQuery } from './queries.ts';
