'use client';

import { type Channel, CHANNEL_KINDS } from '@loopstart/contracts';
import { type UseQueryResult } from '@tanstack/react-query';
import { Plus, Send } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { useFilters } from '../../lib/url/use-filters.ts';
import { Button } from '../../ui/button.tsx';
import { FilterChoice } from '../../ui/field.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';
import { Loading } from '../../ui/skeleton.tsx';
import { Empty, Failure, NoMatch } from '../../ui/state-panel.tsx';
import { DataTable, TableSkeleton } from '../../ui/table/data-table.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { channelsQuery, nameOf, SEVERITY_OPTIONS, useNames } from '../matching/index.ts';
import { useRefusal } from '../session/index.ts';
import { ChannelDialog } from './channel-dialog.tsx';
import { KIND_WORDS } from './channel-words.ts';
import { CHANNEL_COLUMNS } from './columns.tsx';
import { filterChannels } from './filter-channels.ts';
import { ChannelListFilters } from './filters.schema.ts';
import { CHANNEL_POLL_MS } from './queries.ts';
import { t } from '../../messages/channels.ts';
import { t as common } from '../../messages/common.ts';

const KINDS = CHANNEL_KINDS.map((kind) => [kind, KIND_WORDS[kind]] as const);

export function ChannelsPage() {
  const { filters, set } = useFilters(ChannelListFilters);
  const channels = useQuery({ ...channelsQuery(), refetchInterval: CHANNEL_POLL_MS });
  const filtered = channels.data?.items.map(({ filters: only }) => only) ?? [];
  const names = useNames(filtered);
  // Those that some channel is for; every other customer is told of by the same channels.
  const customers = [...new Set(filtered.flatMap(({ customerIds = [] }) => customerIds))];
  const refusal = useRefusal('channels.write');
  const [adding, setAdding] = useState(false);
  const add = (
    <Button
      look="primary"
      disabledReason={refusal}
      onClick={() => setAdding(true)}
      icon={<Plus aria-hidden="true" className="size-4" />}
    >
      {t('addAChannel')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('channels')} description={t('channelsSendNotificationsWebhook')} actions={add} />
      <Toolbar label={t('filterChannels')}>
        <FilterChoice label={t('kind')} value={filters.kind} options={KINDS} onChange={(kind) => set({ kind })} />
        <FilterChoice
          label={common('incidents')}
          value={filters.severity}
          options={SEVERITY_OPTIONS}
          onChange={(severity) => set({ severity })}
        />
        {(customers.length > 0 || filters.customerId !== undefined) && (
          <FilterChoice
            label={t('customer')}
            value={filters.customerId}
            options={customers.map((id) => [id, names === undefined ? '…' : nameOf(names, id)] as const)}
            onChange={(customerId) => set({ customerId })}
          />
        )}
      </Toolbar>
      <Section title={t('allChannels')} flush>
        <List
          channels={channels}
          filters={filters}
          onSort={(sort) => set({ sort })}
          clear={() => set({ kind: undefined, severity: undefined, customerId: undefined })}
        />
      </Section>
      <ChannelDialog open={adding} onOpenChange={setAdding} />
    </>
  );
}

function List(props: {
  channels: UseQueryResult<{ items: Channel[] }>;
  filters: ChannelListFilters;
  onSort: (sort: string | undefined) => void;
  clear: () => void;
}) {
  const { channels, filters } = props;
  if (channels.data === undefined) {
    if (channels.error !== null) return <Failure error={channels.error} retry={channels.refetch} />;
    return (
      <Loading what={t('channels2')}>
        <TableSkeleton columns={CHANNEL_COLUMNS} rows={5} />
      </Loading>
    );
  }
  const all = channels.data.items;
  if (all.length === 0) {
    return (
      <Empty icon={<Send />} title={t('noChannelsYet')}>
        {t('withoutChannelIncidentsAppear')}
      </Empty>
    );
  }
  const rows = filterChannels(all, filters);
  if (rows.length === 0) {
    return (
      <NoMatch
        title={t('noChannelsMatchFilters')}
        action={<Button onClick={props.clear}>{common('clearFilters')}</Button>}
      />
    );
  }
  return (
    <>
      <DataTable
        caption={t('channelsTheirStateDeliveries')}
        columns={CHANNEL_COLUMNS}
        rows={rows}
        rowKey={(row) => row.id}
        sort={filters.sort}
        onSort={props.onSort}
      />
      <p role="status" className="border-t border-line px-4 py-2 text-sm text-ink-3">
        {rows.length < all.length
          ? t('shownOfChannels', { shown: rows.length, count: all.length })
          : t('channel', { count: all.length })}
      </p>
    </>
  );
}
