import type { Event } from '@loopstart/contracts';
import { EVENT_KIND_WORDS, EVENT_SEVERITY_WORDS, EVENT_SOURCE_WORDS } from '../../../lib/words/event.ts';
import { t as common } from '../../../messages/common.ts';
import { t } from '../../../messages/events.ts';
import type { GridColumn } from '../../../ui/grid/model.ts';
import { CellLink } from '../../../ui/grid/row-link.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import { markOf } from '../event-severity.ts';

export const EventSeverity = ({ event: { severity } }: { event: Event }) => (
  <SeverityLabel severity={markOf(severity)}>{EVENT_SEVERITY_WORDS[severity]}</SeverityLabel>
);

/** Where an event happened: its gateway, and the port that it names. */
export function EventPlace({ event: { gatewayId, gatewayName, position } }: { event: Event }) {
  return (
    <>
      <CellLink href={`/gateways/${gatewayId}`}>{gatewayName}</CellLink>
      {position !== null && (
        <>
          <span aria-hidden="true" className="text-ink-3">
            {' › '}
          </span>
          <CellLink href={`/gateways/${gatewayId}/ports/${position}`}>{t('portN', { position })}</CellLink>
        </>
      )}
    </>
  );
}

/** Columns of the list of events. The ids are those the API sorts by. */
export const EVENT_COLUMNS: readonly GridColumn<Event>[] = [
  {
    id: 'at',
    descendingFirst: true,
    header: t('time'),
    width: '10rem',
    card: 'end',
    cell: (row) => (
      <span className="text-ink-2">
        <Moment at={row.at} siteZone={row.timeZone} seconds />
      </span>
    ),
  },
  {
    id: 'severity',
    descendingFirst: true,
    header: common('severity'),
    width: '7rem',
    card: 'aside',
    cell: (row) => <EventSeverity event={row} />,
  },
  {
    id: 'kind',
    header: t('event'),
    width: 'minmax(10rem, 0.9fr)',
    rowHeader: true,
    card: 'title',
    cell: (row) => EVENT_KIND_WORDS[row.kind],
  },
  {
    id: 'text',
    header: t('text'),
    width: 'minmax(14rem, 2fr)',
    card: 'line',
    cell: (row) => (
      <span className="text-ink-2" title={row.text}>
        {row.text}
      </span>
    ),
  },
  { id: 'gateway', header: t('location'), width: 'minmax(11rem, 1.1fr)', cell: (row) => <EventPlace event={row} /> },
  {
    id: 'site',
    header: t('site'),
    width: 'minmax(8rem, 0.8fr)',
    cell: (row) => <CellLink href={`/sites/${row.siteId}`}>{row.siteName}</CellLink>,
  },
  {
    id: 'customer',
    header: t('customer'),
    width: 'minmax(8rem, 0.8fr)',
    optional: true,
    cell: (row) => <CellLink href={`/customers/${row.customerId}`}>{row.customerName}</CellLink>,
  },
  { id: 'source', header: t('source'), width: '7rem', cell: (row) => EVENT_SOURCE_WORDS[row.source] },
  {
    id: 'received',
    header: t('received'),
    width: '10rem',
    optional: true,
    cell: (row) => <Moment at={row.receivedAt} siteZone={row.timeZone} seconds />,
  },
];
