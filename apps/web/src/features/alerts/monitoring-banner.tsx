'use client';

import { Banner } from '../../ui/banner.tsx';
import { Ago } from '../../ui/moment.tsx';
import { useIncidentCounts } from './use-counts.ts';

/** Says plainly when Loopstart itself does not watch as it should: silence is then no good news. */
export function MonitoringBanner() {
  const counts = useIncidentCounts();
  if (counts === undefined || counts.monitoring === 'working') return null;
  const interrupted = counts.monitoring === 'interrupted';
  return (
    <Banner
      tone={interrupted ? 'critical' : 'major'}
      title={interrupted ? 'Monitoring is interrupted' : 'Monitoring is late'}
    >
      {counts.judgedAt === null ? (
        'Nothing has been judged since the service started.'
      ) : (
        <>
          What gateways tell was last judged <Ago at={counts.judgedAt} siteZone={null} />.
        </>
      )}{' '}
      New outages may not show here until it is back.
    </Banner>
  );
}
