import type { Metadata } from 'next';
import { siteIncidentsQuery } from '../../../../features/alerts/index.ts';
import { siteAgentsQuery, siteGatewaysQuery, SitePage } from '../../../../features/sites/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t } from '../../../../messages/shell.ts';

export const metadata: Metadata = { title: t('site') };

export default async function Page({ params }: { params: Promise<{ siteId: string }> }) {
  const { siteId } = await params;
  return (
    <Prefetch also={[siteGatewaysQuery(siteId), siteAgentsQuery(siteId), siteIncidentsQuery(siteId)]}>
      <SitePage siteId={siteId} />
    </Prefetch>
  );
}
