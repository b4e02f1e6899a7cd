'use client';

import { Server } from 'lucide-react';
import { useMemo } from 'react';
import { t as common } from '../../../messages/common.ts';
import { t } from '../../../messages/gateways.ts';
import { Grid } from '../../../ui/grid/grid.tsx';
import { Empty } from '../../../ui/state-panel.tsx';
import { useGatewayActions } from './bulk-actions.tsx';
import { GatewayPanel } from './gateway-panel.tsx';
import { gatewaysOfSite } from './list.ts';

/** The gateways of one site. */
export function SiteGateways({ siteId, agentCount }: { siteId: string; agentCount: number }) {
  const list = useMemo(() => gatewaysOfSite(siteId), [siteId]);
  const actions = useGatewayActions();
  return (
    <section aria-labelledby="site-gateways" className="flex flex-col gap-2.5">
      <h2 id="site-gateways" className="font-semibold">
        {common('gateways')}
      </h2>
      <Grid
        list={list}
        bulk={actions}
        renderPanel={(gateway) => <GatewayPanel gateway={gateway} />}
        empty={
          <Empty icon={<Server />} title={t('noGatewaysYet')}>
            {agentCount === 0 ? t('installAgentFirstFinds') : t('agentInstalledOpenUnder')}
          </Empty>
        }
      />
    </section>
  );
}
