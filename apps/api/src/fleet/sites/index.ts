export { SitesModule } from './sites.module.ts';
