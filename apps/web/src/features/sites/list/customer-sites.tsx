'use client';

import { MapPin } from 'lucide-react';
import { useMemo } from 'react';
import { t as common } from '../../../messages/common.ts';
import { t } from '../../../messages/sites.ts';
import { Grid } from '../../../ui/grid/grid.tsx';
import { Empty } from '../../../ui/state-panel.tsx';
import { sitesOfCustomer } from './list.ts';
import { SitePanel } from './site-panel.tsx';

/** The sites of one customer. */
export function CustomerSites({ customerId }: { customerId: string }) {
  const list = useMemo(() => sitesOfCustomer(customerId), [customerId]);
  return (
    <section aria-labelledby="customer-sites" className="flex flex-col gap-2.5">
      <h2 id="customer-sites" className="font-semibold">
        {common('sites')}
      </h2>
      <Grid
        list={list}
        renderPanel={(site) => <SitePanel site={site} />}
        empty={
          <Empty icon={<MapPin />} title={t('noSitesYet')}>
            {t('addFirstSiteCustomer')}
          </Empty>
        }
      />
    </section>
  );
}
