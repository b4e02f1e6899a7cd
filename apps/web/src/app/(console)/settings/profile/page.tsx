import type { Metadata } from 'next';
import { ownOperatorsQuery, ProfilePage } from '../../../../features/profile/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t } from '../../../../messages/people.ts';

export const metadata: Metadata = { title: t('profile') };

export default function Page() {
  return (
    <Prefetch also={[ownOperatorsQuery()]}>
      <ProfilePage />
    </Prefetch>
  );
}
