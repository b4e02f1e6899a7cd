'use client';

import type { ConfigEntryChange } from '@loopstart/contracts';
import Link from 'next/link';
import { LINE_DEVICE_WORDS } from '../../../lib/words/port.ts';
import { t } from '../../../messages/configuration.ts';
import { Moment } from '../../../ui/moment.tsx';
import { Empty } from '../../../ui/state-panel.tsx';
import type { Column } from '../../../ui/table/data-table.tsx';
import { type ListResult, ListTable } from '../../../ui/table/list-table.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { placePath } from '../place/place.ts';
import { labelOf } from '../setting/setting-words.ts';
import { shownWords, ValueChange } from '../setting/value-change.tsx';

const COLUMNS: Column<ConfigEntryChange>[] = [
  {
    id: 'setting',
    header: t('setting'),
    rowHeader: true,
    card: 'title',
    cell: ({ name, deviceClass }) => (
      <span className="flex flex-wrap items-center gap-2">
        {labelOf(name)}
        {deviceClass !== null && <Tag>{LINE_DEVICE_WORDS[deviceClass]}</Tag>}
      </span>
    ),
  },
  {
    id: 'place',
    header: t('place'),
    cell: ({ place, placeName }) => (
      <Link href={placePath(place)} className="underline underline-offset-2">
        {placeName}
      </Link>
    ),
  },
  {
    id: 'change',
    header: t('change'),
    cell: ({ name, before, after, isSecret }) =>
      isSecret && before !== null && after !== null ? (
        t('secretChanges')
      ) : (
        <ValueChange
          before={before === null ? t('notSetHere') : shownWords(name, before.value)}
          after={after === null ? t('notSetHere') : shownWords(name, after.value)}
        />
      ),
  },
  {
    id: 'who',
    header: t('who'),
    cell: ({ author, at, revision }) => (
      <span className="text-sm text-ink-2">
        {author} · <Moment at={at} siteZone={null} /> ·{' '}
        <Link href={`/configuration/revisions/${revision}`} className="underline underline-offset-2">
          {t('revisionN', { number: revision })}
        </Link>
      </span>
    ),
  },
];

/** Entries that changed: what, where, by whom, and in which revision. */
export function EntryChanges({ list }: { list: ListResult<ConfigEntryChange> }) {
  return (
    <ListTable
      list={list}
      what={t('changesLower')}
      caption={t('changes')}
      columns={COLUMNS}
      rowKey={({ place, kind, name, deviceClass, revision }) =>
        JSON.stringify([place, kind, name, deviceClass, revision])
      }
      empty={<Empty title={t('noChanges')} />}
    />
  );
}
