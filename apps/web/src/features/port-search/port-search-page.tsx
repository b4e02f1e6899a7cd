'use client';

import { LINE_DEVICE_CLASSES, PORT_KINDS } from '@loopstart/domain';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ListTree } from 'lucide-react';
import { useFilters } from '../../lib/url/use-filters.ts';
import { SEVERITY_FILTERS } from '../../lib/words/line-counts.ts';
import { KIND_WORDS, LINE_DEVICE_WORDS } from '../../lib/words/port.ts';
import { Button } from '../../ui/button.tsx';
import { FilterChoice } from '../../ui/field.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Section } from '../../ui/section.tsx';
import { Empty, NoMatch } from '../../ui/state-panel.tsx';
import { ListTable } from '../../ui/table/list-table.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { PlaceFilters } from '../place-filters/index.ts';
import { PORT_COLUMNS } from './columns.tsx';
import { PortFilters } from './filters.schema.ts';
import { portsQuery } from './queries.ts';
import { t } from '../../messages/ports.ts';
import { t as common } from '../../messages/common.ts';

const DEVICES = LINE_DEVICE_CLASSES.map((device) => [device, LINE_DEVICE_WORDS[device]] as const);
const KINDS = PORT_KINDS.map((kind) => [kind, KIND_WORDS[kind]] as const);
const NO_FILTERS = {
  q: undefined,
  customerId: undefined,
  siteId: undefined,
  lineDeviceClass: undefined,
  severity: undefined,
  kind: undefined,
};

export function PortSearchPage() {
  const { filters, set } = useFilters(PortFilters);
  const list = useInfiniteQuery(portsQuery(filters));
  const { sort: _sort, ...asked } = filters;
  const filtered = Object.values(asked).some((value) => value !== undefined);
  return (
    <>
      <PageHeader title={common('ports')} description={t('allAnalogueLinesSearch')} />
      <Toolbar label={t('filterPorts')}>
        <SearchField label={t('searchPorts')} value={filters.q} onChange={(q) => set({ q })} />
        <FilterChoice
          label={common('state')}
          value={filters.severity}
          options={SEVERITY_FILTERS}
          onChange={(severity) => set({ severity })}
        />
        <FilterChoice
          label={t('lineDevice')}
          value={filters.lineDeviceClass}
          options={DEVICES}
          onChange={(lineDeviceClass) => set({ lineDeviceClass })}
        />
        <FilterChoice label={t('kind')} value={filters.kind} options={KINDS} onChange={(kind) => set({ kind })} />
        <PlaceFilters customerId={filters.customerId} siteId={filters.siteId} set={set} />
      </Toolbar>
      <Section title={filtered ? t('matchingPorts') : t('allPorts')} flush>
        <ListTable
          list={list}
          what={t('ports')}
          caption={t('portsTheirState')}
          columns={PORT_COLUMNS}
          rowKey={(row) => `${row.gatewayId}/${row.position}`}
          sort={filters.sort}
          onSort={(sort) => set({ sort })}
          empty={
            filtered ? (
              <NoMatch
                title={t('noPortsMatchFilters')}
                action={<Button onClick={() => set(NO_FILTERS)}>{common('clearFilters')}</Button>}
              >
                {t('searchPartLabelNumber')}
              </NoMatch>
            ) : (
              <Empty icon={<ListTree />} title={t('noPortsYet')}>
                {t('portsAppearAgentFound')}
              </Empty>
            )
          }
        />
      </Section>
    </>
  );
}
