import type { Metadata } from 'next';
import { MaintenanceFilters, MaintenancePage, maintenanceQuery } from '../../../../features/maintenance/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { parseFilters } from '../../../../lib/url/filters.ts';
import { t } from '../../../../messages/shell.ts';

export const metadata: Metadata = { title: t('maintenance') };

type Parameters = Record<string, string | string[] | undefined>;

export default async function Page({ searchParams }: { searchParams: Promise<Parameters> }) {
  const { state } = parseFilters(MaintenanceFilters, await searchParams);
  // Which days a month has depends on the reader's zone, so the calendar is left to the browser to ask for.
  return (
    <Prefetch also={[maintenanceQuery(state)]}>
      <MaintenancePage />
    </Prefetch>
  );
}
