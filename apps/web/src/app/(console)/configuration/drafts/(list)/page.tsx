import type { Metadata } from 'next';
import { DraftsPage, draftsQuery } from '../../../../../features/configuration/index.ts';
import { Prefetch } from '../../../../../lib/api/prefetch.tsx';
import { t } from '../../../../../messages/configuration.ts';

export const metadata: Metadata = { title: t('drafts') };

export default function Page() {
  return (
    <Prefetch also={[draftsQuery()]}>
      <DraftsPage />
    </Prefetch>
  );
}
