import type { Metadata } from 'next';
import { SITES, SitesPage } from '../../../../features/sites/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t as common } from '../../../../messages/common.ts';
import { firstPage } from '../../../../ui/grid/grid-list.ts';
import type { Parameters } from '../../../../ui/grid/model.ts';

export const metadata: Metadata = { title: common('sites') };

export default async function Page({ searchParams }: { searchParams: Promise<Parameters> }) {
  return (
    <Prefetch also={[firstPage(SITES, await searchParams)]}>
      <SitesPage />
    </Prefetch>
  );
}
