export { TenantModule } from './tenant.module.ts';
