import type { Metadata } from 'next';
import { allHeldAlertsQuery, HeldPage } from '../../../../features/alerts/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t } from '../../../../messages/shell.ts';

export const metadata: Metadata = { title: t('suppressed') };

export default function Page() {
  return (
    <Prefetch also={[allHeldAlertsQuery()]}>
      <HeldPage />
    </Prefetch>
  );
}
