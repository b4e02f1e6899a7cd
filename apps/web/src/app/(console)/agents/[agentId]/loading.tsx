import { DetailPageSkeleton } from '../../../../ui/page-skeleton.tsx';
import { t } from '../../../../messages/shell.ts';

export default function LoadingPage() {
  return <DetailPageSkeleton what={t('theAgent')} />;
}
