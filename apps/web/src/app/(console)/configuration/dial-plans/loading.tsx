import { DetailPageSkeleton } from '../../../../ui/page-skeleton.tsx';
import { t } from '../../../../messages/dial-plans.ts';

export default function LoadingPage() {
  return <DetailPageSkeleton what={t('lower')} />;
}
