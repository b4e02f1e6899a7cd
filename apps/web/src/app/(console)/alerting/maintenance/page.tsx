import type { Metadata } from 'next';
import { MAINTENANCE, MaintenancePage } from '../../../../features/maintenance/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t } from '../../../../messages/shell.ts';
import { firstPage } from '../../../../ui/grid/grid-list.ts';
import type { Parameters } from '../../../../ui/grid/model.ts';

export const metadata: Metadata = { title: t('maintenance') };

export default async function Page({ searchParams }: { searchParams: Promise<Parameters> }) {
  // Which days a month has depends on the reader's zone, so the calendar is left to the browser to ask for.
  return (
    <Prefetch also={[firstPage(MAINTENANCE, await searchParams)]}>
      <MaintenancePage />
    </Prefetch>
  );
}
