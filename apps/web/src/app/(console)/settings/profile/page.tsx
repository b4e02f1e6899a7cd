import type { Metadata } from 'next';
import { ownFactorsQuery } from '../../../../features/factors/index.ts';
import { ownOperatorsQuery, ownSessionsQuery, ProfilePage } from '../../../../features/profile/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t } from '../../../../messages/people.ts';

export const metadata: Metadata = { title: t('profile') };

export default function Page() {
  return (
    <Prefetch also={[ownOperatorsQuery(), ownFactorsQuery(), ownSessionsQuery()]}>
      <ProfilePage />
    </Prefetch>
  );
}
