'use client';

import { Radio } from 'lucide-react';
import { useInfiniteQuery } from '../../lib/api/use-query.ts';
import { Empty } from '../../ui/state-panel.tsx';
import { ListTable } from '../../ui/table/list-table.tsx';
import { PLACE_EVENT_COLUMNS, type EventPlace } from './columns.tsx';
import { type EventScope, eventsQuery } from './queries.ts';
import { t } from '../../messages/events.ts';

/** The events of one place, on its page: as a part of it, without filters of their own; newest first; new ones appear on top by themselves. */
export function EventList({ scope, place }: { scope: EventScope; place: EventPlace }) {
  const list = useInfiniteQuery(eventsQuery(scope));
  return (
    <ListTable
      list={list}
      what={t('events')}
      caption={t('eventsNewestFirst')}
      columns={PLACE_EVENT_COLUMNS[place]}
      rowKey={(row) => row.id}
      empty={
        <Empty icon={<Radio />} title={t('noEventsYet')}>
          {t('trapsInformsSyslogMessages')}
        </Empty>
      }
    />
  );
}
