'use client';

import { Radio } from 'lucide-react';
import { t as common } from '../../../messages/common.ts';
import { t } from '../../../messages/events.ts';
import { Grid } from '../../../ui/grid/grid.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Empty } from '../../../ui/state-panel.tsx';
import { EventPanel } from './event-panel.tsx';
import { EVENTS } from './list.ts';

export function EventsPage() {
  return (
    <>
      <PageHeader title={common('events')} description={t('trapsInformsSyslogMessagesGateways')} />
      <Grid
        list={EVENTS}
        renderPanel={(event) => <EventPanel event={event} />}
        empty={
          <Empty icon={<Radio />} title={t('noEventsYet')}>
            {t('trapsInformsSyslogMessages')}
          </Empty>
        }
      />
    </>
  );
}
