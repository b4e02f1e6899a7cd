'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { REACHABILITY } from '@loopstart/contracts';
import { SEVERITIES } from '@loopstart/domain';
import { Server } from 'lucide-react';
import { query } from '../../lib/api/query.ts';
import { useFilters } from '../../lib/url/use-filters.ts';
import { SEVERITY_WORDS } from '../../lib/words/port.ts';
import { REACHABILITY_WORDS } from '../../lib/words/fleet.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { FilterChoice } from '../../ui/field.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Empty, NoMatch } from '../../ui/state-panel.tsx';
import { ListTable } from '../../ui/table/list-table.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { PlaceFilters } from '../place-filters/index.ts';
import { GATEWAY_COLUMNS } from './columns.tsx';
import { GatewayFilters } from './filters.schema.ts';
import { gatewaysQuery } from './queries.ts';
import { t } from '../../messages/gateways.ts';
import { t as common } from '../../messages/common.ts';

const FRESHNESS_WORDS = [
  ['live', t('current')],
  ['stale', t('old')],
  ['never', t('neverRead')],
] as const;

/** Absent: in service only. */
const RETIRED_WORDS = [
  ['only', t('retired')],
  ['include', t('includingRetired')],
] as const;

const NONE = {
  q: undefined,
  worst: undefined,
  reachability: undefined,
  freshness: undefined,
  retired: undefined,
  vendor: undefined,
  customerId: undefined,
  siteId: undefined,
  agentId: undefined,
} as const;

export function GatewaysPage() {
  const { filters, set } = useFilters(GatewayFilters);
  const list = useInfiniteQuery(gatewaysQuery(filters));
  const drivers = useQuery({ ...query('listDrivers'), staleTime: 600_000 });
  const vendors = [...new Set(drivers.data?.items.map((driver) => driver.vendor))].sort();
  const { sort, ...narrowing } = filters;
  const filtered = Object.values(narrowing).some((value) => value !== undefined);
  return (
    <>
      <PageHeader title={common('gateways')} />
      <Toolbar label={t('filterGateways')}>
        <SearchField label={t('searchGateways')} value={filters.q} onChange={(q) => set({ q })} />
        <FilterChoice
          label={t('worstPort')}
          value={filters.worst}
          options={SEVERITIES.map((severity) => [severity, SEVERITY_WORDS[severity]])}
          onChange={(worst) => set({ worst })}
        />
        <FilterChoice
          label={t('reachability')}
          value={filters.reachability}
          options={REACHABILITY.map((state) => [state, REACHABILITY_WORDS[state]])}
          onChange={(reachability) => set({ reachability })}
        />
        <FilterChoice
          label={t('reading')}
          value={filters.freshness}
          options={FRESHNESS_WORDS}
          onChange={(freshness) => set({ freshness })}
        />
        <FilterChoice
          label={t('service')}
          value={filters.retired}
          options={RETIRED_WORDS}
          onChange={(retired) => set({ retired })}
        />
        <PlaceFilters customerId={filters.customerId} siteId={filters.siteId} set={set} />
        <FilterChoice
          label={t('vendor')}
          value={filters.vendor}
          options={vendors.map((vendor) => [vendor, vendor])}
          onChange={(vendor) => set({ vendor })}
        />
        {filters.agentId !== undefined && (
          <Button look="quiet" onClick={() => set({ agentId: undefined })}>
            {t('oneAgentOnlyShow')}
          </Button>
        )}
      </Toolbar>
      <div className="overflow-clip rounded-lg border border-line bg-surface">
        <ListTable
          list={list}
          what={t('gateways')}
          caption={t('gatewaysTheirState')}
          columns={GATEWAY_COLUMNS}
          rowKey={(row) => row.id}
          sort={sort}
          onSort={(next) => set({ sort: next })}
          empty={
            filtered ? (
              <NoMatch
                title={t('noGatewaysMatchFilters')}
                action={<Button onClick={() => set(NONE)}>{t('showAll')}</Button>}
              >
                {t('changeSearchFilters')}
              </NoMatch>
            ) : (
              <Empty
                icon={<Server />}
                title={t('noGatewaysYet')}
                action={
                  <ButtonLink href="/agents/add" look="primary">
                    {t('addAnAgent')}
                  </ButtonLink>
                }
              >
                {t('gatewaysAppearAgentTheir')}
              </Empty>
            )
          }
        />
      </div>
    </>
  );
}
