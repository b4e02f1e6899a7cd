'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Radio } from 'lucide-react';
import type { ReactNode } from 'react';
import { Empty } from '../../ui/state-panel.tsx';
import { ListTable } from '../../ui/table/list-table.tsx';
import { EVENT_COLUMNS, type EventPlace } from './columns.tsx';
import { type EventScope, eventsQuery } from './queries.ts';
import { t } from '../../messages/events.ts';

/** Events within a scope, newest first; new ones appear on top by themselves. */
export function EventList({ scope, place, empty }: { scope: EventScope; place: EventPlace; empty?: ReactNode }) {
  const list = useInfiniteQuery(eventsQuery(scope));
  return (
    <ListTable
      list={list}
      what={t('events')}
      caption={t('eventsNewestFirst')}
      columns={EVENT_COLUMNS[place]}
      rowKey={(row) => row.id}
      empty={
        empty ?? (
          <Empty icon={<Radio />} title={t('noEventsYet')}>
            {t('trapsInformsSyslogMessages')}
          </Empty>
        )
      }
    />
  );
}
