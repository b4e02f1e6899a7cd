export { MaintenanceFilters, SilenceFilters } from './filters.schema.ts';
export { MaintenancePage } from './maintenance-page.tsx';
export { maintenanceQuery, silencesQuery } from './queries.ts';
export { SilencesPage } from './silences-page.tsx';
