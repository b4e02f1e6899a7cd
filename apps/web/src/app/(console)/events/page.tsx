import type { Metadata } from 'next';
import { EventFilters, EventsPage, eventsQuery } from '../../../features/events/index.ts';
import { Prefetch } from '../../../lib/api/prefetch.tsx';
import { parseFilters } from '../../../lib/url/filters.ts';
import { t as common } from '../../../messages/common.ts';

export const metadata: Metadata = { title: common('events') };

type Parameters = Record<string, string | string[] | undefined>;

export default async function Page({ searchParams }: { searchParams: Promise<Parameters> }) {
  const { within, ...scope } = parseFilters(EventFilters, await searchParams);
  // A time span begins at the reader's now, so such a list is left to the browser to ask for.
  return (
    <Prefetch also={within === undefined ? [eventsQuery(scope)] : []}>
      <EventsPage />
    </Prefetch>
  );
}
