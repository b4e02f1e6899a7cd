import { DetailPageSkeleton } from '../../../../ui/page-skeleton.tsx';
import { t } from '../../../../messages/config-lines.ts';

export default function LoadingPage() {
  return <DetailPageSkeleton what={t('lower')} />;
}
