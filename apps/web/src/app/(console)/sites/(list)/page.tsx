import type { Metadata } from 'next';
import { SiteFilters, SitesPage, sitesQuery } from '../../../../features/sites/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { parseFilters } from '../../../../lib/url/filters.ts';
import { t as common } from '../../../../messages/common.ts';

export const metadata: Metadata = { title: common('sites') };

type Parameters = Record<string, string | string[] | undefined>;

export default async function Page({ searchParams }: { searchParams: Promise<Parameters> }) {
  const filters = parseFilters(SiteFilters, await searchParams);
  return (
    <Prefetch also={[sitesQuery(filters)]}>
      <SitesPage />
    </Prefetch>
  );
}
