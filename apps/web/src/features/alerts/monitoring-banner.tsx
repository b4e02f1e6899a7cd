'use client';

import { Banner } from '../../ui/banner.tsx';
import { Ago } from '../../ui/moment.tsx';
import { useIncidentCounts } from './use-counts.ts';
import { t } from '../../messages/alerts.ts';

/** Says plainly when Loopstart itself does not watch as it should: silence is then no good news. */
export function MonitoringBanner() {
  const counts = useIncidentCounts();
  if (counts === undefined || counts.monitoring === 'working') return null;
  const interrupted = counts.monitoring === 'interrupted';
  return (
    <Banner
      tone={interrupted ? 'critical' : 'major'}
      title={interrupted ? t('monitoringIsInterrupted') : t('monitoringIsLate')}
    >
      {counts.judgedAt === null ? (
        t('noReadingEvaluatedSince')
      ) : (
        <>{t.rich('lastEvaluated', { ago: <Ago at={counts.judgedAt} siteZone={null} /> })}</>
      )}{' '}
      {t('newOutagesHidden')}
    </Banner>
  );
}
