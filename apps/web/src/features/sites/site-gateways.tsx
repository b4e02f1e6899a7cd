'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Server } from 'lucide-react';
import { useState } from 'react';
import { Empty } from '../../ui/state-panel.tsx';
import { ListTable } from '../../ui/table/list-table.tsx';
import { GATEWAY_COLUMNS_OF_SITE } from '../gateways/index.ts';
import { siteGatewaysQuery } from './queries.ts';
import { t } from '../../messages/sites.ts';

/** The gateways of one site. */
export function SiteGateways({ siteId, agentCount }: { siteId: string; agentCount: number }) {
  const list = useInfiniteQuery(siteGatewaysQuery(siteId));
  const [sort, setSort] = useState<string>();
  return (
    <ListTable
      list={list}
      what={t('gateways')}
      caption={t('gatewaysSite')}
      columns={GATEWAY_COLUMNS_OF_SITE}
      rowKey={(row) => row.id}
      sort={sort}
      onSort={setSort}
      empty={
        <Empty icon={<Server />} title={t('noGatewaysYet')}>
          {agentCount === 0 ? t('installAgentFirstFinds') : t('agentInstalledOpenUnder')}
        </Empty>
      }
    />
  );
}
