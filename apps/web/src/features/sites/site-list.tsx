'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { MapPin } from 'lucide-react';
import { useState } from 'react';
import { Empty } from '../../ui/state-panel.tsx';
import { ListTable } from '../../ui/table/list-table.tsx';
import { SITE_COLUMNS_OF_CUSTOMER } from './columns.tsx';
import { sitesQuery } from './queries.ts';

/** The sites of one customer. */
export function SiteList({ customerId }: { customerId: string }) {
  const list = useInfiniteQuery(sitesQuery({ customerId }));
  const [sort, setSort] = useState<string>();
  return (
    <ListTable
      list={list}
      what="sites"
      caption="Sites of this customer"
      columns={SITE_COLUMNS_OF_CUSTOMER}
      rowKey={(row) => row.id}
      sort={sort}
      onSort={setSort}
      empty={
        <Empty icon={<MapPin />} title="No sites yet">
          Add the first place where this customer has gateways.
        </Empty>
      }
    />
  );
}
