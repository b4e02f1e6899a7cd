import type { Delivery } from '@loopstart/contracts';
import { count } from '../../../lib/format/number.ts';
import { t } from '../../../messages/channels.ts';
import { t as common } from '../../../messages/common.ts';
import { Absent } from '../../../ui/absent.tsx';
import type { GridColumn } from '../../../ui/grid/model.ts';
import { CellLink } from '../../../ui/grid/row-link.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import { answerWords, deliveryStanding, messageWord } from '../channel-words.ts';

export function DeliveryState({ delivery }: { delivery: Delivery }) {
  const { severity, word } = deliveryStanding(delivery);
  return <SeverityLabel severity={severity}>{word}</SeverityLabel>;
}

/** The incident of a message, by number and title. */
export function DeliveryIncident({ delivery: { incident } }: { delivery: Delivery }) {
  if (incident === null) return <Absent why={t('noIncident')} />;
  return (
    <CellLink href={`/incidents/${incident.id}`}>
      #{incident.number} {incident.title}
    </CellLink>
  );
}

/** What came back last, in a few words. */
export const responseOf = ({ attempts, lastStatus, lastError }: Delivery): string =>
  attempts === 0 ? t('noAttemptYet2') : answerWords({ status: lastStatus, error: lastError });

/** Columns of the delivery log. The ids are those the API sorts by. */
export const DELIVERY_COLUMNS: readonly GridColumn<Delivery>[] = [
  {
    id: 'queued',
    descendingFirst: true,
    header: t('queued'),
    width: '10rem',
    card: 'end',
    cell: (row) => (
      <span className="text-ink-2">
        <Moment at={row.createdAt} siteZone={null} seconds />
      </span>
    ),
  },
  {
    id: 'state',
    header: common('state'),
    width: '9rem',
    card: 'aside',
    cell: (row) => <DeliveryState delivery={row} />,
  },
  {
    id: 'message',
    header: t('message2'),
    width: 'minmax(9rem, 0.7fr)',
    rowHeader: true,
    card: 'title',
    cell: (row) => (
      <>
        {messageWord(row.type)}
        {row.replayOf !== null && <span className="font-normal text-ink-3">{t('resentSuffix')}</span>}
      </>
    ),
  },
  {
    id: 'incident',
    descendingFirst: true,
    header: t('incidentColumn'),
    width: 'minmax(12rem, 1.6fr)',
    card: 'line',
    cell: (row) => <DeliveryIncident delivery={row} />,
  },
  {
    id: 'channel',
    header: t('channelColumn'),
    width: 'minmax(9rem, 0.9fr)',
    cell: ({ channel }) => <CellLink href={`/alerting/channels/${channel.id}`}>{channel.name}</CellLink>,
  },
  {
    id: 'recipient',
    header: t('recipient'),
    width: 'minmax(9rem, 0.9fr)',
    optional: true,
    cell: ({ recipient }) => recipient ?? <span className="text-ink-3">{t('addressChannel')}</span>,
  },
  { id: 'attempts', header: t('attempts'), width: '6rem', align: 'right', cell: (row) => count(row.attempts) },
  {
    id: 'response',
    header: t('lastResponse'),
    width: 'minmax(9rem, 1fr)',
    cell: (row) => (
      <span className="text-ink-2" title={responseOf(row)}>
        {responseOf(row)}
      </span>
    ),
  },
  {
    id: 'delivered',
    descendingFirst: true,
    header: t('deliveredColumn'),
    width: '10rem',
    optional: true,
    cell: ({ deliveredAt }) =>
      deliveredAt === null ? <Absent why={t('notDelivered')} /> : <Moment at={deliveredAt} siteZone={null} seconds />,
  },
];
