export { CallList } from './call-list.tsx';
export { CallsPage } from './list/calls-page.tsx';
export { CALLS } from './list/list.ts';
export { coverageQuery } from './queries.ts';
