'use client';

import Link from 'next/link';
import { counted } from '../../lib/format/number.ts';
import { Banner } from '../../ui/banner.tsx';
import { useIncidentCounts } from './use-counts.ts';

/** In red: incidents of which nobody is told. */
export function ReachesNobodyBanner() {
  const counts = useIncidentCounts();
  if (counts === undefined || counts.reachesNobody === 0) return null;
  const one = counts.reachesNobody === 1;
  return (
    <Banner tone="critical" title={`${counted(counts.reachesNobody, 'incident')} ${one ? 'reaches' : 'reach'} nobody`}>
      No policy takes {one ? 'it' : 'them'}, or the policy that does has nobody to tell: only this console knows.{' '}
      <Link href="/alerting/policies" className="underline underline-offset-2">
        Look at the policies
      </Link>
    </Banner>
  );
}
