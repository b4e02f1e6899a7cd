'use client';

import { PhoneOff } from 'lucide-react';
import { useQuery } from '../../lib/api/use-query.ts';
import { t } from '../../messages/calls.ts';
import { Banner } from '../../ui/banner.tsx';
import { Empty } from '../../ui/state-panel.tsx';
import { coverageQuery } from './queries.ts';

/** Gateways without records that are named. */
const NAMED = 5;

/** Which gateways have never sent a call record: of their calls nothing is known, which is not the same as no calls. */
export function CoverageBanner() {
  const { data } = useQuery(coverageQuery());
  if (data === undefined || data.receiving === data.gateways) return null;
  if (data.receiving === 0)
    return (
      <Banner tone="unknown" title={t('noRecords')}>
        {t('noRecordsAnywhere')}
      </Banner>
    );
  const count = data.gateways - data.receiving;
  const names = data.without.slice(0, NAMED).map(({ name }) => name);
  return (
    <Banner tone="unknown" title={t('someWithout', { count })}>
      {t('namesWithout', { names: names.join(', '), more: count - names.length })}
    </Banner>
  );
}

/** What stands in the place of calls where there are none: that none was, or that nothing is known. */
export function NoCalls({ gatewayId }: { gatewayId?: string }) {
  const { data } = useQuery(coverageQuery(gatewayId));
  const watched = data !== undefined && data.receiving > 0;
  if (data === undefined) return <Empty icon={<PhoneOff />} title={t('noCalls')} />;
  return (
    <Empty icon={<PhoneOff />} title={watched ? t('noCalls') : t('noRecords')}>
      {watched ? t('noCallsOfWatched') : gatewayId === undefined ? t('noRecordsAnywhere') : t('noRecordsOfGateway')}
    </Empty>
  );
}
