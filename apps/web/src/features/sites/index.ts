export { CustomerSites } from './list/customer-sites.tsx';
export { SITES, sitesOfCustomer } from './list/list.ts';
export { SitesPage } from './list/sites-page.tsx';
export { siteAgentsQuery, siteQuery } from './queries.ts';
export { SiteDialog } from './site-dialog.tsx';
export { SitePage } from './site-page.tsx';
