export { DriversPage } from './drivers-page.tsx';
export { driversQuery } from './queries.ts';
