import type { Metadata } from 'next';
import { conditionsQuery, ThresholdsPage } from '../../../../features/thresholds/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';

export const metadata: Metadata = { title: 'Thresholds' };

export default function Page() {
  return (
    <Prefetch also={[conditionsQuery()]}>
      <ThresholdsPage />
    </Prefetch>
  );
}
