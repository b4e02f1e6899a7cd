'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Server } from 'lucide-react';
import { useState } from 'react';
import { Empty } from '../../ui/state-panel.tsx';
import { ListTable } from '../../ui/table/list-table.tsx';
import { GATEWAY_COLUMNS_OF_SITE } from '../gateways/index.ts';
import { siteGatewaysQuery } from './queries.ts';

/** The gateways of one site. */
export function SiteGateways({ siteId, agentCount }: { siteId: string; agentCount: number }) {
  const list = useInfiniteQuery(siteGatewaysQuery(siteId));
  const [sort, setSort] = useState<string>();
  return (
    <ListTable
      list={list}
      what="gateways"
      caption="Gateways of this site"
      columns={GATEWAY_COLUMNS_OF_SITE}
      rowKey={(row) => row.id}
      sort={sort}
      onSort={setSort}
      empty={
        <Empty icon={<Server />} title="No gateways yet">
          {agentCount === 0
            ? 'Install an agent here first; it finds the gateways.'
            : 'The agent is here. Tell it under “Agents” where to look for gateways.'}
        </Empty>
      }
    />
  );
}
