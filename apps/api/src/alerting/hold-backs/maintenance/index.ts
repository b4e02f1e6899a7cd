export { MaintenanceModule } from './maintenance.module.ts';
export { MaintenanceRepository, type StoredWindow } from './maintenance.repository.ts';
