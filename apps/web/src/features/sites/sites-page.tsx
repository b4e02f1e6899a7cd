'use client';

import { SEVERITIES } from '@loopstart/domain';
import { useInfiniteQuery } from '@tanstack/react-query';
import { MapPin, Plus } from 'lucide-react';
import { useState } from 'react';
import { useFilters } from '../../lib/url/use-filters.ts';
import { SEVERITY_WORDS } from '../../lib/words/port.ts';
import { Button } from '../../ui/button.tsx';
import { FilterChoice } from '../../ui/field.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Section } from '../../ui/section.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Empty, NoMatch } from '../../ui/state-panel.tsx';
import { ListTable } from '../../ui/table/list-table.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { CustomerFilter } from '../place-filters/index.ts';
import { useRefusal } from '../session/index.ts';
import { SITE_COLUMNS } from './columns.tsx';
import { SiteFilters } from './filters.schema.ts';
import { SiteMap } from './map/site-map.tsx';
import { sitesQuery } from './queries.ts';
import { SiteDialog } from './site-dialog.tsx';
import { t } from '../../messages/sites.ts';
import { t as common } from '../../messages/common.ts';

const WORST = SEVERITIES.map((severity) => [severity, SEVERITY_WORDS[severity]] as const);

export function SitesPage() {
  const { filters, set } = useFilters(SiteFilters);
  const list = useInfiniteQuery(sitesQuery(filters));
  const refusal = useRefusal('sites.write');
  const [adding, setAdding] = useState(false);
  const filtered = filters.q !== undefined || filters.customerId !== undefined || filters.worst !== undefined;
  const sites = list.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <PageHeader
        title={common('sites')}
        description={t('placesGatewaysEachOwn')}
        actions={
          <Button
            look="primary"
            disabledReason={refusal}
            onClick={() => setAdding(true)}
            icon={<Plus aria-hidden="true" className="size-4" />}
          >
            {t('addASite')}
          </Button>
        }
      />
      <Toolbar label={t('filterSites')}>
        <SearchField label={t('searchSites')} value={filters.q} onChange={(q) => set({ q })} />
        <CustomerFilter value={filters.customerId} onChange={(customerId) => set({ customerId })} />
        <FilterChoice
          label={t('worstPort')}
          value={filters.worst}
          options={WORST}
          onChange={(worst) => set({ worst })}
        />
      </Toolbar>
      <Section title={t('map')} note={t('listBelowSameSites')} flush>
        {sites === undefined ? (
          <Loading what={t('theMap')}>
            <Bone className="h-56 w-full sm:h-80" />
          </Loading>
        ) : (
          <SiteMap sites={sites} />
        )}
      </Section>
      <Section title={t('list')} flush>
        <ListTable
          list={list}
          what={t('sites')}
          caption={t('sitesStateTheirPorts')}
          columns={SITE_COLUMNS}
          rowKey={(row) => row.id}
          sort={filters.sort}
          onSort={(sort) => set({ sort })}
          empty={
            filtered ? (
              <NoMatch
                title={t('noSitesMatchFilters')}
                action={
                  <Button onClick={() => set({ q: undefined, customerId: undefined, worst: undefined })}>
                    {common('clearFilters')}
                  </Button>
                }
              >
                {t('searchPartNameAddress')}
              </NoMatch>
            ) : (
              <Empty icon={<MapPin />} title={t('noSitesYet')}>
                {t('siteBelongsCustomerAdd')}
              </Empty>
            )
          }
        />
      </Section>
      <SiteDialog open={adding} onOpenChange={setAdding} />
    </>
  );
}
