import type { Metadata } from 'next';
import { CompareRevisionsPage } from '../../../../../features/configuration/index.ts';
import { t } from '../../../../../messages/config-compare.ts';

export const metadata: Metadata = { title: t('revisions') };

export default function Page() {
  return <CompareRevisionsPage />;
}
