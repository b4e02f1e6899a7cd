import type { Metadata } from 'next';
import { siteAgentsQuery, siteGatewaysQuery, SitePage, siteQuery } from '../../../../features/sites/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';

export const metadata: Metadata = { title: 'Site' };

export default async function Page({ params }: { params: Promise<{ siteId: string }> }) {
  const { siteId } = await params;
  return (
    <Prefetch subject={siteQuery(siteId)} also={[siteGatewaysQuery(siteId), siteAgentsQuery(siteId)]}>
      <SitePage siteId={siteId} />
    </Prefetch>
  );
}
