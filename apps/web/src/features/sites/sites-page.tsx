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
import { useRoleRefusal } from '../session/index.ts';
import { SITE_COLUMNS } from './columns.tsx';
import { SiteFilters } from './filters.schema.ts';
import { SiteMap } from './map/site-map.tsx';
import { sitesQuery } from './queries.ts';
import { SiteDialog } from './site-dialog.tsx';

const WORST = SEVERITIES.map((severity) => [severity, SEVERITY_WORDS[severity]] as const);

export function SitesPage() {
  const { filters, set } = useFilters(SiteFilters);
  const list = useInfiniteQuery(sitesQuery(filters));
  const refusal = useRoleRefusal('technician');
  const [adding, setAdding] = useState(false);
  const filtered = filters.q !== undefined || filters.customerId !== undefined || filters.worst !== undefined;
  const sites = list.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <PageHeader
        title="Sites"
        description="Places with gateways, each with its own time zone and emergency location."
        actions={
          <Button
            look="primary"
            disabledReason={refusal}
            onClick={() => setAdding(true)}
            icon={<Plus aria-hidden="true" className="size-4" />}
          >
            Add a site
          </Button>
        }
      />
      <Toolbar label="Find sites">
        <SearchField label="Search sites" value={filters.q} onChange={(q) => set({ q })} />
        <CustomerFilter value={filters.customerId} onChange={(customerId) => set({ customerId })} />
        <FilterChoice label="Worst" value={filters.worst} options={WORST} onChange={(worst) => set({ worst })} />
      </Toolbar>
      <Section title="Map" note="The list below says the same in words." flush>
        {sites === undefined ? (
          <Loading what="the map">
            <Bone className="h-56 w-full sm:h-80" />
          </Loading>
        ) : (
          <SiteMap sites={sites} />
        )}
      </Section>
      <Section title="List" flush>
        <ListTable
          list={list}
          what="sites"
          caption="Sites with the state of their ports"
          columns={SITE_COLUMNS}
          rowKey={(row) => row.id}
          sort={filters.sort}
          onSort={(sort) => set({ sort })}
          empty={
            filtered ? (
              <NoMatch
                title="No site matches"
                action={
                  <Button onClick={() => set({ q: undefined, customerId: undefined, worst: undefined })}>
                    Clear the filters
                  </Button>
                }
              >
                Search for another part of the name, address or customer.
              </NoMatch>
            ) : (
              <Empty icon={<MapPin />} title="No sites yet">
                A site is a place of a customer. Add one, then install an agent there: it finds the gateways by itself.
              </Empty>
            )
          }
        />
      </Section>
      <SiteDialog open={adding} onOpenChange={setAdding} />
    </>
  );
}
