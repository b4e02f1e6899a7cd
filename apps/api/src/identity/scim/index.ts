export { ScimModule } from './scim.module.ts';
