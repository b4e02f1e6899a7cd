import type { Metadata } from 'next';
import { ReviewPage } from '../../../../../features/configuration/index.ts';
import { t } from '../../../../../messages/configuration.ts';

export const metadata: Metadata = { title: t('draft') };

export default async function Page({ params }: { params: Promise<{ draftId: string }> }) {
  return <ReviewPage draftId={(await params).draftId} />;
}
