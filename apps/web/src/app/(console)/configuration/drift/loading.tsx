import { DetailPageSkeleton } from '../../../../ui/page-skeleton.tsx';
import { t } from '../../../../messages/configuration.ts';

export default function LoadingPage() {
  return <DetailPageSkeleton what={t('driftLower')} />;
}
