export { SiteFilters } from './filters.schema.ts';
export { siteAgentsQuery, siteQuery, sitesQuery } from './queries.ts';
export { SiteDialog } from './site-dialog.tsx';
export { SiteList } from './site-list.tsx';
export { SitePage } from './site-page.tsx';
export { SitesPage } from './sites-page.tsx';
export { SITE_COLUMNS } from './columns.tsx';
