import type { Metadata } from 'next';
import { OverviewPage } from '../../../features/overview/index.ts';
import { Prefetch } from '../../../lib/api/prefetch.tsx';
import { query } from '../../../lib/api/query.ts';
import { t as common } from '../../../messages/common.ts';

export const metadata: Metadata = { title: common('overview') };

export default function Page() {
  return (
    <Prefetch also={[query('getOverview')]}>
      <OverviewPage />
    </Prefetch>
  );
}
