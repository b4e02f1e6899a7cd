'use client';

import type { Port, StateChange } from '@loopstart/contracts';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { useInfiniteQuery } from '../../lib/api/use-query.ts';
import { listQuery } from '../../lib/api/query.ts';
import { useZone } from '../../lib/preferences/zone.ts';
import { FIELD_WORDS, stateWord } from '../../lib/words/port.ts';
import { RangeChoice, rangeWords, useRange } from '../measurements/index.ts';
import { Button } from '../../ui/button.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Section } from '../../ui/section.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Empty, Failure } from '../../ui/state-panel.tsx';
import { type Column, DataTable } from '../../ui/table/data-table.tsx';
import { LaneChart } from './lane-chart.tsx';
import { lanesFrom } from './lanes.ts';
import { t } from '../../messages/ports.ts';

const PAGE = 500;
const VIEWS = [
  ['lanes', t('lanes')],
  ['table', t('table')],
] as const;

/** What the port was over time: as lanes, or as the list of its changes. */
export function TimelineSection({
  port,
  siteZone,
  knownUntilMs,
  firstKnownMs,
}: {
  port: Port;
  siteZone: string;
  knownUntilMs: number;
  /** When the gateway was found. */
  firstKnownMs: number;
}) {
  const { range, setRange, from, to, fromMs: rangeFromMs, toMs } = useRange();
  const fromMs = lanesFrom(rangeFromMs, toMs, firstKnownMs);
  const [view, setView] = useState<'lanes' | 'table'>('lanes');
  const zone = useZone(siteZone);
  const { gatewayId, position } = port;
  const list = useInfiniteQuery({
    ...listQuery('getPortHistory', { params: { gatewayId, position }, query: { from, to, limit: PAGE } }),
    placeholderData: keepPreviousData,
  });
  const changes: StateChange[] = list.data?.pages.flatMap((page) => page.items) ?? [];
  const oldest = changes.at(-1);
  const loadedFromMs =
    list.hasNextPage && oldest !== undefined ? Date.parse(oldest.at) : Math.max(fromMs, firstKnownMs);
  return (
    <Section
      title={t('stateHistory')}
      note={
        fromMs > rangeFromMs ? (
          <>
            {t.rich('knownSince', { moment: <Moment at={new Date(firstKnownMs).toISOString()} siteZone={siteZone} /> })}
          </>
        ) : undefined
      }
      actions={
        <>
          <Segmented label={t('showStateAs')} value={view} options={VIEWS} onChange={setView} />
          <RangeChoice range={range} onChange={setRange} />
        </>
      }
    >
      {list.data === undefined ? (
        list.error === null ? (
          <LanesSkeleton />
        ) : (
          <Failure error={list.error} retry={list.refetch} />
        )
      ) : view === 'lanes' ? (
        <LaneChart {...{ port, changes, fromMs, toMs, zone, knownUntilMs, loadedFromMs }} />
      ) : changes.length === 0 ? (
        <Empty title={t('noChanges')}>{t('stateDidNotChange', { rangeWords: rangeWords(range) })}</Empty>
      ) : (
        <ScrollBox
          label={t('stateChangesIn', { rangeWords: rangeWords(range) })}
          className="-mx-4 max-h-96 border-t border-line"
        >
          <DataTable
            caption={t('stateChangesPortNewest', { position, rangeWords: rangeWords(range) })}
            columns={columns(siteZone)}
            rows={changes}
            rowKey={(row) => `${row.at} ${row.field} ${row.to}`}
          />
        </ScrollBox>
      )}
      {list.hasNextPage && (
        <div className="mt-3 flex flex-wrap items-center gap-3 text-sm text-ink-2">
          {t.rich('lastChangesShownTime', {
            count: changes.length,
            total: list.data?.pages[0]?.total ?? 0,
            button: <Button size="sm" pending={list.isFetchingNextPage} onClick={() => list.fetchNextPage()} />,
          })}
        </div>
      )}
    </Section>
  );
}

const columns = (siteZone: string): readonly Column<StateChange>[] => [
  {
    id: 'at',
    header: t('when'),
    rowHeader: true,
    card: 'title',
    cell: (row) => <Moment at={row.at} siteZone={siteZone} seconds />,
  },
  {
    id: 'field',
    header: t('what'),
    card: 'aside',
    cell: (row) => FIELD_WORDS[row.field as keyof typeof FIELD_WORDS] ?? row.field,
  },
  {
    id: 'change',
    header: t('change'),
    card: 'line',
    cell: (row) => (
      <>
        <span className="text-ink-2">{stateWord(row.field, row.from)}</span>
        <span aria-hidden="true" className="text-ink-3">
          {' → '}
        </span>
        <span className="sr-only">{t('fromTo')}</span>
        {stateWord(row.field, row.to)}
      </>
    ),
  },
];

function LanesSkeleton() {
  return (
    <Loading what={t('stateChanges')} className="flex flex-col gap-3">
      {[0, 1, 2, 3, 4, 5].map((index) => (
        <div key={index} className="flex items-center gap-3">
          <Bone className="h-4 w-20" />
          <Bone className="h-5 flex-1" />
        </div>
      ))}
    </Loading>
  );
}
