import type { Metadata } from 'next';
import { invitationsQuery, MEMBERS, PeoplePage } from '../../../../features/people/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t } from '../../../../messages/people.ts';
import { firstPage } from '../../../../ui/grid/grid-list.ts';
import type { Parameters } from '../../../../ui/grid/model.ts';

export const metadata: Metadata = { title: t('people') };

export default async function Page({ searchParams }: { searchParams: Promise<Parameters> }) {
  return (
    <Prefetch also={[firstPage(MEMBERS, await searchParams), invitationsQuery()]}>
      <PeoplePage />
    </Prefetch>
  );
}
