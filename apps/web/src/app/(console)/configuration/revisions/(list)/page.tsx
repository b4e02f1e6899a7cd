import type { Metadata } from 'next';
import { RevisionsPage, revisionsQuery } from '../../../../../features/configuration/index.ts';
import { Prefetch } from '../../../../../lib/api/prefetch.tsx';
import { t } from '../../../../../messages/configuration.ts';

export const metadata: Metadata = { title: t('revisions') };

export default function Page() {
  return (
    <Prefetch also={[revisionsQuery()]}>
      <RevisionsPage />
    </Prefetch>
  );
}
