import type { IncidentSummary } from '@loopstart/contracts';
import { CONDITIONS } from '@loopstart/domain';
import { explainedParts, placeSteps } from '../../../lib/words/incident.ts';
import { SEVERITY_WORDS } from '../../../lib/words/port.ts';
import { t as common } from '../../../messages/common.ts';
import { t } from '../../../messages/incidents.ts';
import { Absent } from '../../../ui/absent.tsx';
import type { GridColumn } from '../../../ui/grid/model.ts';
import { CellLink, RowLink } from '../../../ui/grid/row-link.tsx';
import { Moment, Since } from '../../../ui/moment.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import { IncidentState } from '../../alerts/index.ts';

export const incidentHref = ({ id }: IncidentSummary): string => `/incidents/${id}`;

export function IncidentSeverity({ incident: { state, severity } }: { incident: IncidentSummary }) {
  const word = SEVERITY_WORDS[severity];
  return state === 'resolved' ? (
    <SeverityLabel severity="ok">{t('was', { severity: word.toLowerCase() })}</SeverityLabel>
  ) : (
    <SeverityLabel severity={severity}>{word}</SeverityLabel>
  );
}

/** Columns of the list of incidents. The ids are those the API sorts by. */
export const INCIDENT_COLUMNS: readonly GridColumn<IncidentSummary>[] = [
  {
    id: 'severity',
    descendingFirst: true,
    header: common('severity'),
    width: '6.5rem',
    card: 'aside',
    cell: (row) => <IncidentSeverity incident={row} />,
  },
  {
    id: 'title',
    header: t('incident'),
    width: 'minmax(13rem, 1.3fr)',
    rowHeader: true,
    card: 'title',
    cell: (row) => <RowLink href={incidentHref(row)}>{row.title}</RowLink>,
  },
  { id: 'why', header: t('evidence'), width: 'minmax(11rem, 1.6fr)', cell: (row) => <Quiet text={row.why} /> },
  {
    id: 'where',
    header: t('location'),
    width: 'minmax(11rem, 1.2fr)',
    card: 'line',
    cell: (row) => <Where incident={row} />,
  },
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
    id: 'affects',
    header: t('affects'),
    width: '7rem',
    cell: (row) => <Affects incident={row} />,
  },
  {
    id: 'since',
    header: common('since'),
    width: '6rem',
    card: 'end',
    cell: (row) => (row.state === 'resolved' ? <WhenSince incident={row} /> : <Since at={row.since} />),
  },
  {
    id: 'state',
    header: common('state'),
    width: 'minmax(9rem, 0.9fr)',
    cell: (row) => <IncidentState incident={row} oneLine />,
  },
  {
    id: 'raised',
    header: t('raised'),
    width: '9rem',
    optional: true,
    cell: (row) => <Moment at={row.announcedAt} siteZone={row.place.site?.timeZone ?? null} />,
  },
  {
    id: 'kind',
    header: t('kind'),
    width: 'minmax(9rem, 0.8fr)',
    optional: true,
    cell: (row) => CONDITIONS[row.kind].title,
  },
  {
    id: 'assigned',
    header: t('assignedTo'),
    width: '9rem',
    optional: true,
    cell: (row) => row.assignedTo?.name ?? <Quiet text={t('nobody')} />,
  },
  {
    id: 'number',
    header: t('number'),
    width: '5.5rem',
    align: 'right',
    optional: true,
    cell: (row) => `#${row.number}`,
  },
];

const Quiet = ({ text }: { text: string }) => (
  <span className="text-ink-2" title={text}>
    {text}
  </span>
);

const WhenSince = ({ incident }: { incident: IncidentSummary }) => (
  <span className="text-ink-2">
    <Moment at={incident.since} siteZone={incident.place.site?.timeZone ?? null} />
  </span>
);

/** The nearest first: the port, then its gateway, else the agent. A card has no column of the site. */
function Where({ incident: { place } }: { incident: IncidentSummary }) {
  const near = placeSteps(place)
    .filter(({ level }) => level !== 'customer' && level !== 'site')
    .toReversed();
  const site = place.site?.name ?? t('severalSites');
  if (near.length === 0) return <span className="text-ink-2">{site}</span>;
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      {near.map(({ href, label }, index) => (
        <span key={href} className={index === 0 ? 'flex max-w-full shrink-0' : 'flex min-w-0 text-ink-3 max-sm:hidden'}>
          <CellLink href={href}>{label}</CellLink>
        </span>
      ))}
      <span className="min-w-0 truncate text-ink-3 sm:hidden">{site}</span>
    </span>
  );
}

function Affects({ incident: { affected } }: { incident: IncidentSummary }) {
  const parts = explainedParts(affected);
  return <Quiet text={parts.length === 0 ? t('onlyItself') : parts.join(', ')} />;
}
