export { PortFilters } from './filters.schema.ts';
export { PortSearchPage } from './port-search-page.tsx';
export { portsQuery } from './queries.ts';
export { PORT_COLUMNS } from './columns.tsx';
