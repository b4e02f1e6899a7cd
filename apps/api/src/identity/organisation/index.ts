export { OrganisationModule } from './organisation.module.ts';
