import { OverviewSkeleton } from '../../../features/overview/index.ts';

export default function LoadingPage() {
  return <OverviewSkeleton />;
}
