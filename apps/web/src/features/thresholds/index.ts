export { conditionsQuery } from './queries.ts';
export { ThresholdsPage } from './thresholds-page.tsx';
