import type { Alert } from '@loopstart/contracts';
import { placeSteps } from '../../../lib/words/incident.ts';
import { SEVERITY_WORDS } from '../../../lib/words/port.ts';
import { t } from '../../../messages/alerts.ts';
import { t as common } from '../../../messages/common.ts';
import { Absent } from '../../../ui/absent.tsx';
import type { GridColumn } from '../../../ui/grid/model.ts';
import { CellLink } from '../../../ui/grid/row-link.tsx';
import { Moment, Since } from '../../../ui/moment.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import { whyHeld } from './held-words.ts';

export const AlertSeverityLabel = ({ alert: { severity, stale } }: { alert: Alert }) => (
  <SeverityLabel severity={stale ? 'unknown' : severity}>
    {SEVERITY_WORDS[severity]}
    {stale && t('staleSuffix')}
  </SeverityLabel>
);

/** Why an alert notifies no one, with a link to what explains it. */
export function WhyHeld({ alert }: { alert: Alert }) {
  const { words, by, href } = whyHeld(alert);
  return (
    <>
      {words}
      {by !== null && ': '}
      {by !== null && (href === null ? by : <CellLink href={href}>{by}</CellLink>)}
    </>
  );
}

/** Columns of the list of suppressed alerts. The ids are those the API sorts by. */
export const HELD_COLUMNS: readonly GridColumn<Alert>[] = [
  {
    id: 'severity',
    descendingFirst: true,
    header: common('severity'),
    width: '7rem',
    card: 'aside',
    cell: (row) => <AlertSeverityLabel alert={row} />,
  },
  {
    id: 'title',
    header: t('alert'),
    width: 'minmax(12rem, 1.2fr)',
    rowHeader: true,
    card: 'title',
    cell: ({ title }) => title,
  },
  {
    id: 'evidence',
    header: t('evidence'),
    width: 'minmax(11rem, 1.5fr)',
    cell: ({ evidence: { text } }) => (
      <span className="text-ink-2" title={text}>
        {text}
      </span>
    ),
  },
  { id: 'where', header: t('location'), width: 'minmax(11rem, 1.1fr)', cell: (row) => <Where alert={row} /> },
  {
    id: 'site',
    header: t('site'),
    width: 'minmax(8rem, 0.8fr)',
    cell: ({ place: { site } }) =>
      site === null ? <Absent why={t('severalSites')} /> : <CellLink href={`/sites/${site.id}`}>{site.name}</CellLink>,
  },
  {
    id: 'customer',
    header: t('customer'),
    width: 'minmax(8rem, 0.8fr)',
    optional: true,
    cell: ({ place: { customer } }) =>
      customer === null ? (
        <Absent why={t('severalSites')} />
      ) : (
        <CellLink href={`/customers/${customer.id}`}>{customer.name}</CellLink>
      ),
  },
  {
    id: 'hold',
    header: common('reason'),
    width: 'minmax(13rem, 1.4fr)',
    card: 'line',
    cell: (row) => <WhyHeld alert={row} />,
  },
  {
    id: 'since',
    descendingFirst: true,
    header: common('since'),
    width: '6rem',
    card: 'end',
    cell: ({ since }) => <Since at={since} />,
  },
  {
    id: 'opened',
    descendingFirst: true,
    header: t('opened'),
    width: '9rem',
    optional: true,
    cell: (row) => <Moment at={row.openedAt} siteZone={row.place.site?.timeZone ?? null} />,
  },
];

/** The nearest first: the port, then its gateway, else the agent. The site has a column of its own. */
function Where({ alert: { place } }: { alert: Alert }) {
  const near = placeSteps(place)
    .filter(({ level }) => level !== 'customer' && level !== 'site')
    .toReversed();
  if (near.length === 0) return <span className="text-ink-2">{place.site?.name ?? t('severalSites')}</span>;
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      {near.map(({ href, label }, index) => (
        <span key={href} className={index === 0 ? 'flex max-w-full shrink-0' : 'flex min-w-0 text-ink-3'}>
          <CellLink href={href}>{label}</CellLink>
        </span>
      ))}
    </span>
  );
}
