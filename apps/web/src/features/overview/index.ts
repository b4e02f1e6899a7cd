export { OverviewPage } from './overview-page.tsx';
export { OverviewSkeleton } from './overview-skeleton.tsx';
