'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { EyeOff } from 'lucide-react';
import { ButtonLink } from '../../../ui/button.tsx';
import { allHeldAlertsQuery } from '../queries.ts';
import { t } from '../../../messages/alerts.ts';

/** How many alerts are told to nobody; undefined until it is known. */
export function useHeldTotal(): number | undefined {
  return useInfiniteQuery(allHeldAlertsQuery()).data?.pages[0]?.total;
}

/** The way to what is held back, with its number. Always there, so that it is known where to look. */
export function HeldLink() {
  const total = useHeldTotal();
  return (
    <ButtonLink href="/incidents/held" icon={<EyeOff aria-hidden="true" className="size-4" />}>
      {total === undefined ? t('suppressed') : t('suppressedTotal', { total })}
    </ButtonLink>
  );
}
