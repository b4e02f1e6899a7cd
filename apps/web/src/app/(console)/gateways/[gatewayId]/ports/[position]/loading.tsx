import { PortSkeleton } from '../../../../../../features/ports/index.ts';

export default function LoadingPage() {
  return <PortSkeleton />;
}
