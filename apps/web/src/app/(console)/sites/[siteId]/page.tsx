import type { Metadata } from 'next';
import { siteIncidentsQuery } from '../../../../features/alerts/index.ts';
import { gatewaysOfSite } from '../../../../features/gateways/index.ts';
import { siteAgentsQuery, SitePage } from '../../../../features/sites/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { firstPage } from '../../../../ui/grid/grid-list.ts';
import type { Parameters } from '../../../../ui/grid/model.ts';
import { t } from '../../../../messages/shell.ts';

export const metadata: Metadata = { title: t('site') };

export default async function Page(props: { params: Promise<{ siteId: string }>; searchParams: Promise<Parameters> }) {
  const { siteId } = await props.params;
  const gateways = firstPage(gatewaysOfSite(siteId), await props.searchParams);
  return (
    <Prefetch also={[gateways, siteAgentsQuery(siteId), siteIncidentsQuery(siteId)]}>
      <SitePage siteId={siteId} />
    </Prefetch>
  );
}
