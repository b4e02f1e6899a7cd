'use client';

import type { Incident } from '@loopstart/contracts';
import Link from 'next/link';
import { Banner } from '../../../ui/banner.tsx';
import { stateTags } from '../../alerts/index.ts';
import { t } from '../../../messages/incidents.ts';

const TONES = { critical: 'critical', minor: 'info', unknown: 'unknown', plain: 'info' } as const;

/** What has to be known before anything else on the page is believed. */
export function IncidentBanners({ incident }: { incident: Incident }) {
  return stateTags(incident).map((tag) => (
    <Banner key={tag.id} tone={TONES[tag.tone]} title={tag.word}>
      {tag.meaning}
      {tag.id === 'reaches-nobody' && (
        <>
          {' '}
          <Link href="/alerting/policies" className="underline underline-offset-2">
            {t('checkThePolicies')}
          </Link>
        </>
      )}
    </Banner>
  ));
}
