import type { Metadata } from 'next';
import { invitationsQuery, membersQuery, PeoplePage } from '../../../../features/people/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t } from '../../../../messages/people.ts';

export const metadata: Metadata = { title: t('people') };

export default function Page() {
  return (
    <Prefetch also={[membersQuery(), invitationsQuery()]}>
      <PeoplePage />
    </Prefetch>
  );
}
