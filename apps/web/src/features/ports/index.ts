export { PortPage } from './port-page.tsx';
export { PortSkeleton } from './port-skeleton.tsx';
