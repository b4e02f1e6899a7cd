export { MaintenanceFilters } from './filters.schema.ts';
export { MaintenancePage } from './maintenance-page.tsx';
export { maintenanceQuery } from './queries.ts';
export { SILENCES } from './silence-list.ts';
export { SilencesPage } from './silences-page.tsx';
