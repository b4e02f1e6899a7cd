'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { MapPin } from 'lucide-react';
import { useState } from 'react';
import { Empty } from '../../ui/state-panel.tsx';
import { ListTable } from '../../ui/table/list-table.tsx';
import { SITE_COLUMNS_OF_CUSTOMER } from './columns.tsx';
import { sitesQuery } from './queries.ts';
import { t } from '../../messages/sites.ts';

/** The sites of one customer. */
export function SiteList({ customerId }: { customerId: string }) {
  const list = useInfiniteQuery(sitesQuery({ customerId }));
  const [sort, setSort] = useState<string>();
  return (
    <ListTable
      list={list}
      what={t('sites')}
      caption={t('sitesCustomer')}
      columns={SITE_COLUMNS_OF_CUSTOMER}
      rowKey={(row) => row.id}
      sort={sort}
      onSort={setSort}
      empty={
        <Empty icon={<MapPin />} title={t('noSitesYet')}>
          {t('addFirstSiteCustomer')}
        </Empty>
      }
    />
  );
}
