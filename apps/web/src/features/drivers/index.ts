export { DriversLoading, DriversPage } from './drivers-page.tsx';
export { driversQuery } from './queries.ts';
