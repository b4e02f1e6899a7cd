import type { Metadata } from 'next';
import { PortFilters, PortSearchPage, portsQuery } from '../../../features/port-search/index.ts';
import { Prefetch } from '../../../lib/api/prefetch.tsx';
import { parseFilters } from '../../../lib/url/filters.ts';
import { t as common } from '../../../messages/common.ts';

export const metadata: Metadata = { title: common('ports') };

type Parameters = Record<string, string | string[] | undefined>;

export default async function Page({ searchParams }: { searchParams: Promise<Parameters> }) {
  const filters = parseFilters(PortFilters, await searchParams);
  return (
    <Prefetch also={[portsQuery(filters)]}>
      <PortSearchPage />
    </Prefetch>
  );
}
