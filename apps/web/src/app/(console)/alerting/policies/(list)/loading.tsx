import { DetailPageSkeleton } from '../../../../../ui/page-skeleton.tsx';

export default function LoadingPage() {
  return <DetailPageSkeleton what="policies" />;
}
