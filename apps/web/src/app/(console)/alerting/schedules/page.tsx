import type { Metadata } from 'next';
import { schedulesQuery } from '../../../../features/matching/index.ts';
import { SchedulesPage } from '../../../../features/schedules/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t } from '../../../../messages/shell.ts';

export const metadata: Metadata = { title: t('onCall') };

export default function Page() {
  return (
    <Prefetch also={[schedulesQuery()]}>
      <SchedulesPage />
    </Prefetch>
  );
}
