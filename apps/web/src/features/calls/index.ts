export { CallList } from './call-list.tsx';
export { coverageQuery } from './coverage.tsx';
export { CallsPage } from './list/calls-page.tsx';
export { CALLS } from './list/list.ts';
