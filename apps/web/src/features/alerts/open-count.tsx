'use client';

import { ALERT_SEVERITIES } from '@loopstart/contracts';
import { count } from '../../lib/format/number.ts';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { useIncidentCounts } from './use-counts.ts';
import { t } from '../../messages/alerts.ts';

const WORST_FIRST = [...ALERT_SEVERITIES].reverse();

/** How many incidents nobody looks after yet, with the shape of the worst that is not over; nothing where there is none. */
export function OpenCount() {
  const counts = useIncidentCounts();
  if (counts === undefined || counts.open === 0) return null;
  const worst = WORST_FIRST.find((severity) => counts.bySeverity[severity] > 0) ?? 'info';
  return (
    <span className="ml-auto inline-flex items-center gap-1 text-sm font-semibold text-ink">
      <SeverityMark severity={worst} className="size-3.5" />
      {count(counts.open)}
      <span className="sr-only">{t('openSuffix')}</span>
    </span>
  );
}
