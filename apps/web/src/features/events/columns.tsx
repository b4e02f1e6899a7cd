'use client';

import type { Event } from '@loopstart/contracts';
import Link from 'next/link';
import { duration } from '../../lib/format/time.ts';
import { EVENT_KIND_WORDS, EVENT_SEVERITY_WORDS, EVENT_SOURCE_WORDS } from '../../lib/words/event.ts';
import { Moment } from '../../ui/moment.tsx';
import { SeverityLabel } from '../../ui/severity-label.tsx';
import type { Column } from '../../ui/table/data-table.tsx';
import { EventDetail } from './event-detail.tsx';
import { lateByMs, markOf } from './event-severity.ts';
import { t } from '../../messages/events.ts';

/** How much of where an event happened is said already by the page it is on. */
export type EventPlace = 'site' | 'gateway' | 'port';

const AT: Column<Event> = {
  id: 'at',
  header: t('time'),
  card: 'aside',
  className: 'sm:w-px',
  cell: (row) => {
    const late = lateByMs(row);
    return (
      <div className="text-sm">
        <Moment at={row.at} siteZone={row.timeZone} seconds />
        {late !== null && <p className="text-xs text-ink-3">{t('arrivedLater', { duration: duration(late) })}</p>}
      </div>
    );
  },
};

const WHAT: Column<Event> = {
  id: 'what',
  header: t('event'),
  rowHeader: true,
  card: 'title',
  cell: (row) => (
    <div className="min-w-0">
      <SeverityLabel severity={markOf(row.severity)}>
        <span className="sr-only">{EVENT_SEVERITY_WORDS[row.severity]}: </span>
        {EVENT_KIND_WORDS[row.kind]}
      </SeverityLabel>
      <p className="pl-5 text-sm text-ink-2 wrap-anywhere">{row.text}</p>
    </div>
  ),
};

const SOURCE: Column<Event> = {
  id: 'source',
  header: t('source'),
  card: 'fact',
  cell: (row) => <EventDetail source={EVENT_SOURCE_WORDS[row.source]} detail={row.detail} />,
};

function whereOf(place: EventPlace): Column<Event> {
  return {
    id: 'where',
    header: place === 'gateway' ? t('port') : t('location'),
    card: 'fact',
    cell: (row) => (
      <div className="min-w-0 text-sm max-sm:text-right">
        {place !== 'gateway' && (
          <Link
            href={`/gateways/${row.gatewayId}`}
            className="inline-flex min-h-6 items-center text-ink hover:underline"
          >
            {row.gatewayName}
          </Link>
        )}
        {row.position !== null && (
          <>
            {place !== 'gateway' && <span className="text-ink-3">, </span>}
            <Link
              href={`/gateways/${row.gatewayId}/ports/${row.position}`}
              className="inline-flex min-h-6 items-center text-ink hover:underline"
            >
              {t('portN', { position: row.position })}
            </Link>
          </>
        )}
        {place === 'gateway' && row.position === null && <span className="text-ink-2">{t('wholeGateway')}</span>}
      </div>
    ),
  };
}

/** Columns of the events of one place, on its page. */
export const PLACE_EVENT_COLUMNS: Record<EventPlace, readonly Column<Event>[]> = {
  site: [AT, WHAT, whereOf('site'), SOURCE],
  gateway: [AT, WHAT, whereOf('gateway'), SOURCE],
  port: [AT, WHAT, SOURCE],
};
