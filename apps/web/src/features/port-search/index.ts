export { LINES } from './list.ts';
export { PortSearchPage } from './port-search-page.tsx';
