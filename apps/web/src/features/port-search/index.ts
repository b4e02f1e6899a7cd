export { LINE_COLUMNS } from './columns.tsx';
export { linesQuery } from './list.ts';
export { PortSearchPage } from './port-search-page.tsx';
