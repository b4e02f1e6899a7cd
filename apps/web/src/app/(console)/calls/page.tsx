import type { Metadata } from 'next';
import { CALLS, CallsPage, coverageQuery } from '../../../features/calls/index.ts';
import { Prefetch } from '../../../lib/api/prefetch.tsx';
import { t as common } from '../../../messages/common.ts';
import { firstPage } from '../../../ui/grid/grid-list.ts';
import type { Parameters } from '../../../ui/grid/model.ts';

export const metadata: Metadata = { title: common('calls') };

export default async function Page({ searchParams }: { searchParams: Promise<Parameters> }) {
  return (
    <Prefetch also={[firstPage(CALLS, await searchParams), coverageQuery()]}>
      <CallsPage />
    </Prefetch>
  );
}
