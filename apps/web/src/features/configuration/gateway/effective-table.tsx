'use client';

import type { EffectiveSetting } from '@loopstart/contracts';
import { Lock } from 'lucide-react';
import Link from 'next/link';
import type { z } from 'zod';
import { LINE_DEVICE_WORDS } from '../../../lib/words/port.ts';
import { t } from '../../../messages/configuration.ts';
import { Moment } from '../../../ui/moment.tsx';
import { type Column, DataTable } from '../../../ui/table/data-table.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { type Place, placePath } from '../place/place.ts';
import { labelOf } from '../setting/setting-words.ts';
import { shownWords } from '../setting/value-change.tsx';

type Setting = z.output<typeof EffectiveSetting>;

/** Settings with the reason for each: which layer, by whom, since when, and what it overrides. */
export function EffectiveTable(props: { caption: string; settings: readonly Setting[]; place: Place }) {
  return (
    <DataTable
      caption={props.caption}
      columns={columns(props.place)}
      rows={props.settings}
      rowKey={({ field }) => field}
    />
  );
}

const columns = (place: Place): Column<Setting>[] => [
  {
    id: 'setting',
    header: t('setting'),
    rowHeader: true,
    card: 'title',
    cell: ({ field }) => (
      <Link href={placePath(place)} className="underline-offset-2 hover:underline">
        {labelOf(field)}
      </Link>
    ),
  },
  {
    id: 'value',
    header: t('value'),
    cell: ({ field, value, isManaged }) => (
      <span className={isManaged ? 'font-medium wrap-anywhere' : 'text-ink-3'}>
        {shownWords(field, isManaged ? value : null)}
      </span>
    ),
  },
  { id: 'why', header: t('why'), card: 'line', cell: (setting) => <Why setting={setting} /> },
];

function Why({ setting: { field, origin, overrides } }: { setting: Setting }) {
  return (
    <span className="flex flex-col gap-0.5 text-sm text-ink-2">
      <span className="flex flex-wrap items-center gap-1.5">
        {t.group('layers')[origin.layer]}
        {origin.layer !== 'operator' && `: ${origin.layerName}`}
        {origin.deviceClass !== null && <Tag>{LINE_DEVICE_WORDS[origin.deviceClass]}</Tag>}
        {origin.isSealed && (
          <Tag>
            <Lock aria-hidden="true" className="size-3" />
            {t('sealed')}
          </Tag>
        )}
      </span>
      {origin.author !== null && origin.at !== null && (
        <span className="text-ink-3">
          {origin.author} · <Moment at={origin.at} siteZone={null} />
        </span>
      )}
      {overrides.length > 0 && (
        <details>
          <summary className="cursor-pointer text-ink-3">{t('overridesCount', { count: overrides.length })}</summary>
          <ul>
            {overrides.map((one, at) => (
              <li key={at}>{t('overridden', { layer: one.origin.layerName, value: shownWords(field, one.value) })}</li>
            ))}
          </ul>
        </details>
      )}
    </span>
  );
}
