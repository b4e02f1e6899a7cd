'use client';

import { EyeOff } from 'lucide-react';
import { useInfiniteQuery } from '../../../lib/api/use-query.ts';
import { ButtonLink } from '../../../ui/button.tsx';
import { heldTotalQuery } from '../queries.ts';
import { t } from '../../../messages/alerts.ts';

/** How many open alerts notify no one; undefined until it is known. */
export function useHeldTotal(): number | undefined {
  return useInfiniteQuery(heldTotalQuery()).data?.pages[0]?.total;
}

/** The link to the suppressed alerts, with their number. Always there, so that people know where to look. */
export function HeldLink() {
  const total = useHeldTotal();
  return (
    <ButtonLink href="/incidents/held" icon={<EyeOff aria-hidden="true" className="size-4" />}>
      {total === undefined ? t('suppressed') : t('suppressedTotal', { total })}
    </ButtonLink>
  );
}
