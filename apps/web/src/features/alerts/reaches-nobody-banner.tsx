'use client';

import Link from 'next/link';
import { Banner } from '../../ui/banner.tsx';
import { useIncidentCounts } from './use-counts.ts';
import { t } from '../../messages/alerts.ts';

/** In red: incidents of which nobody is told. */
export function ReachesNobodyBanner() {
  const counts = useIncidentCounts();
  if (counts === undefined || counts.reachesNobody === 0) return null;
  return (
    <Banner tone="critical" title={t('incidentNotifiesNobody', { reachesNobody: counts.reachesNobody })}>
      {t.rich('noPolicyMatchesMatching', {
        link: <Link href="/alerting/policies" className="underline underline-offset-2" />,
      })}
    </Banner>
  );
}
