import type { Metadata } from 'next';
import { EVENTS, EventsPage } from '../../../features/events/index.ts';
import { Prefetch } from '../../../lib/api/prefetch.tsx';
import { t as common } from '../../../messages/common.ts';
import { firstPage } from '../../../ui/grid/grid-list.ts';
import type { Parameters } from '../../../ui/grid/model.ts';

export const metadata: Metadata = { title: common('events') };

export default async function Page({ searchParams }: { searchParams: Promise<Parameters> }) {
  return (
    <Prefetch also={[firstPage(EVENTS, await searchParams)]}>
      <EventsPage />
    </Prefetch>
  );
}
