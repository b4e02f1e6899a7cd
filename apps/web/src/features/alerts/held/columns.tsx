'use client';

import type { Alert } from '@loopstart/contracts';
import Link from 'next/link';
import { SEVERITY_WORDS } from '../../../lib/words/port.ts';
import { Moment, Since } from '../../../ui/moment.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import type { Column } from '../../../ui/table/data-table.tsx';
import { PlaceTrail } from '../place-trail.tsx';
import { whyHeld } from './held-words.ts';
import { t } from '../../../messages/alerts.ts';
import { t as common } from '../../../messages/common.ts';

export const HELD_COLUMNS: readonly Column<Alert>[] = [
  {
    id: 'severity',
    header: common('severity'),
    card: 'aside',
    className: 'sm:w-px whitespace-nowrap',
    cell: (row) => (
      <SeverityLabel severity={row.stale ? 'unknown' : row.severity}>
        {SEVERITY_WORDS[row.severity]}
        {row.stale && t('staleSuffix')}
      </SeverityLabel>
    ),
  },
  {
    id: 'what',
    header: t('alertAndEvidence'),
    rowHeader: true,
    card: 'title',
    className: 'sm:min-w-72',
    cell: (row) => (
      <>
        <p className="font-medium">{row.title}</p>
        <p className="text-sm text-ink-2 wrap-anywhere">{row.evidence.text}</p>
      </>
    ),
  },
  {
    id: 'where',
    header: t('location'),
    card: 'line',
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
    cell: (row) => (
      <p className="text-sm text-ink-2">
        <span className="font-medium text-ink sm:block">
          <Since at={row.since} />
        </span>
        {t.rich('sinceMoment', {
          narrow: <span className="sm:hidden" />,
          moment: <Moment at={row.since} siteZone={row.place.site?.timeZone ?? null} />,
        })}
      </p>
    ),
  },
  {
    id: 'why',
    header: common('reason'),
    card: 'line',
    cell: (row) => <WhyHeld alert={row} />,
  },
];

function WhyHeld({ alert }: { alert: Alert }) {
  const { words, by, href } = whyHeld(alert);
  const until = alert.hold?.until ?? null;
  return (
    <div className="text-sm">
      <p>
        {words}
        {until !== null && (
          <>{t.rich('untilMoment', { moment: <Moment at={until} siteZone={alert.place.site?.timeZone ?? null} /> })}</>
        )}
      </p>
      {by !== null && (
        <p className="text-ink-2">
          {href === null ? (
            by
          ) : (
            <Link href={href} className="inline-flex min-h-6 items-center underline underline-offset-2">
              {by}
            </Link>
          )}
        </p>
      )}
    </div>
  );
}
