import type { Metadata } from 'next';
import { OverviewPage } from '../../../features/overview/index.ts';
import { Prefetch } from '../../../lib/api/prefetch.tsx';
import { query } from '../../../lib/api/query.ts';

export const metadata: Metadata = { title: 'Overview' };

export default function Page() {
  return (
    <Prefetch also={[query('getOverview')]}>
      <OverviewPage />
    </Prefetch>
  );
}
