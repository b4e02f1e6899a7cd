import type { Metadata } from 'next';
import { allHeldAlertsQuery, HeldPage } from '../../../../features/alerts/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';

export const metadata: Metadata = { title: 'Held back' };

export default function Page() {
  return (
    <Prefetch also={[allHeldAlertsQuery()]}>
      <HeldPage />
    </Prefetch>
  );
}
