import type { Metadata } from 'next';
import { DialPlansPage, entriesQuery, openDraftsQuery } from '../../../../features/configuration/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t } from '../../../../messages/dial-plans.ts';

export const metadata: Metadata = { title: t('title') };

export default function Page() {
  return (
    <Prefetch also={[entriesQuery({ layer: 'operator' }), openDraftsQuery()]}>
      <DialPlansPage />
    </Prefetch>
  );
}
