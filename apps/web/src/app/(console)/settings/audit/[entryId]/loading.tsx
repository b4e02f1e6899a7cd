import { DetailPageSkeleton } from '../../../../../ui/page-skeleton.tsx';
import { t } from '../../../../../messages/audit.ts';

export default function LoadingPage() {
  return <DetailPageSkeleton what={t('theEntry')} />;
}
