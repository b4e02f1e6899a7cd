export { MAINTENANCE } from './maintenance-list.ts';
export { MaintenancePage } from './maintenance-page.tsx';
export { SILENCES } from './silence-list.ts';
export { SilencesPage } from './silences-page.tsx';
