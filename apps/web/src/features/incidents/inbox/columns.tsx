'use client';

import type { IncidentSummary } from '@loopstart/contracts';
import Link from 'next/link';
import { explainedParts } from '../../../lib/words/incident.ts';
import { SEVERITY_WORDS } from '../../../lib/words/port.ts';
import { Moment, Since } from '../../../ui/moment.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import type { Column } from '../../../ui/table/data-table.tsx';
import { IncidentState, PlaceTrail } from '../../alerts/index.ts';
import { AllBox, RowBox } from './selection-context.tsx';
import { t } from '../../../messages/incidents.ts';
import { t as common } from '../../../messages/common.ts';

/** The inbox: what, where, since when, why we think so, what it hides, what to do first, who looks after it. */
export const INCIDENT_COLUMNS: readonly Column<IncidentSummary>[] = [
  {
    id: 'pick',
    header: t('selected'),
    headerCell: <AllBox />,
    card: 'pick',
    className: 'sm:w-px sm:pr-0',
    cell: (row) => <RowBox id={row.id} name={`incident ${row.number}, ${row.title}`} />,
  },
  {
    id: 'severity',
    header: common('severity'),
    card: 'aside',
    className: 'sm:w-px whitespace-nowrap',
    cell: (row) => (
      <SeverityLabel severity={row.state === 'resolved' ? 'ok' : row.severity}>
        {row.state === 'resolved'
          ? t('was', { severity: SEVERITY_WORDS[row.severity].toLowerCase() })
          : SEVERITY_WORDS[row.severity]}
      </SeverityLabel>
    ),
  },
  {
    id: 'what',
    header: t('incidentAndEvidence'),
    rowHeader: true,
    card: 'title',
    className: 'sm:min-w-64',
    cell: (row) => (
      <div className="flex min-w-0 flex-col gap-0.5">
        <p>
          <Link
            href={`/incidents/${row.id}`}
            data-incident={row.id}
            className="font-semibold text-ink underline-offset-2 hover:underline"
          >
            {row.title}
          </Link>{' '}
          <span className="text-sm whitespace-nowrap text-ink-3">#{row.number}</span>
        </p>
        <p className="text-sm text-ink-2 wrap-anywhere">{row.why}</p>
        {row.state === 'open' && (
          <p className="text-sm text-ink-2">
            {t.rich('firstStep', { strong: <span className="font-medium text-ink" />, step: row.firstStep })}
          </p>
        )}
      </div>
    ),
  },
  {
    id: 'where',
    header: t('location'),
    card: 'line',
    className: 'sm:min-w-44 sm:max-w-72',
    cell: (row) => (
      <div className="text-sm">
        <PlaceTrail place={row.place} />
      </div>
    ),
  },
  {
    id: 'since',
    header: common('since'),
    card: 'line',
    className: 'whitespace-nowrap',
    cell: (row) => <SinceCell incident={row} />,
  },
  {
    id: 'hides',
    header: t('affects'),
    card: 'fact',
    className: 'sm:min-w-24',
    cell: (row) => <Explains affected={row.affected} />,
  },
  {
    id: 'state',
    header: common('state'),
    card: 'line',
    className: 'sm:min-w-32 sm:max-w-52',
    cell: (row) => <IncidentState incident={row} />,
  },
];

function SinceCell({ incident }: { incident: IncidentSummary }) {
  const since = <Moment at={incident.since} siteZone={incident.place.site?.timeZone ?? null} />;
  if (incident.state === 'resolved') return <p className="text-sm text-ink-2">{since}</p>;
  return (
    <p className="text-sm text-ink-2">
      <span className="font-medium text-ink sm:block">
        <Since at={incident.since} />
      </span>
      {t.rich('sinceMoment', { narrow: <span className="sm:hidden" />, moment: since })}
    </p>
  );
}

function Explains({ affected }: { affected: IncidentSummary['affected'] }) {
  const parts = explainedParts(affected);
  if (parts.length === 0) return <span className="text-sm text-ink-3">{t('onlyItself')}</span>;
  return (
    <ul className="text-sm text-ink-2 max-sm:text-right">
      {parts.map((part) => (
        <li key={part} className="whitespace-nowrap">
          {part}
        </li>
      ))}
    </ul>
  );
}
