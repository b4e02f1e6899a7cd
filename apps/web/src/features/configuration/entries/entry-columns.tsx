import { Lock } from 'lucide-react';
import { LINE_DEVICE_WORDS } from '../../../lib/words/port.ts';
import { t } from '../../../messages/configuration.ts';
import { Button } from '../../../ui/button.tsx';
import { Moment } from '../../../ui/moment.tsx';
import type { Column } from '../../../ui/table/data-table.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { settingLabel, settingWords } from '../setting/setting-words.ts';
import type { EntryRow } from './rows.ts';

/** What can be done with a row; a reason where it cannot. */
export interface EntryActs {
  refusal: string | null;
  edit: (row: EntryRow) => void;
  reset: (row: EntryRow) => void;
}

export const entryColumns = ({ refusal, edit, reset }: EntryActs): Column<EntryRow>[] => [
  {
    id: 'setting',
    header: t('setting'),
    rowHeader: true,
    card: 'title',
    cell: ({ field, deviceClass }) => (
      <span className="flex flex-wrap items-center gap-2">
        {settingLabel(field)}
        {deviceClass !== null && <Tag>{LINE_DEVICE_WORDS[deviceClass]}</Tag>}
      </span>
    ),
  },
  { id: 'published', header: t('published'), cell: (row) => <Published row={row} /> },
  { id: 'draft', header: t('inDraft'), cell: (row) => <InDraft row={row} /> },
  {
    id: 'author',
    header: t('who'),
    cell: ({ entry, edit: pending }) => {
      const by = pending ?? entry;
      return by === null ? null : (
        <span className="text-sm text-ink-2">
          {by.author} · <Moment at={by.at} siteZone={null} />
        </span>
      );
    },
  },
  {
    id: 'actions',
    header: t('actions'),
    card: 'line',
    cell: (row) => (
      <div className="flex flex-wrap gap-2">
        <Button size="sm" disabledReason={refusal} onClick={() => edit(row)}>
          {t('edit')}
        </Button>
        <Button size="sm" look="quiet" disabledReason={refusal} onClick={() => reset(row)}>
          {row.edit === null ? t('removeSetting') : t('takeBack')}
        </Button>
      </div>
    ),
  },
];

function Published({ row: { field, entry } }: { row: EntryRow }) {
  if (entry === null) return <span className="text-ink-3">{t('notSetHere')}</span>;
  return (
    <span className="inline-flex items-center gap-1.5">
      {settingWords(field, entry.value)}
      {entry.isSealed && <Sealed />}
    </span>
  );
}

function InDraft({ row: { field, edit } }: { row: EntryRow }) {
  if (edit === null) return <span className="text-ink-3">{t('unchanged')}</span>;
  return (
    <span className="inline-flex items-center gap-1.5 font-medium text-accent">
      {edit.action === 'reset'
        ? t('willBeRemoved')
        : settingWords(field, edit.action === 'unmanage' ? null : edit.value)}
      {edit.isSealed && <Sealed />}
      {edit.isStale && <Tag tone="minor">{t('stale')}</Tag>}
    </span>
  );
}

function Sealed() {
  return (
    <Tag>
      <Lock aria-hidden="true" className="size-3" />
      {t('sealed')}
    </Tag>
  );
}
