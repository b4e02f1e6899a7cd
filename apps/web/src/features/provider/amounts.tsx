'use client';

import { bytes, count } from '../../lib/format/number.ts';
import { t } from '../../messages/provider.ts';
import { Tag } from '../../ui/tag.tsx';

interface Amount {
  used: number | null;
  quota: number | null;
  /** How a value is written; as a count unless given. */
  as?: (value: number) => string;
}

/** How much is used, of which quota, and how much is beyond it. */
export function Used({ used, quota, as = count }: Amount) {
  if (used === null) return <span className="text-ink-3">{t('notMeasured')}</span>;
  const isBeyond = quota !== null && used > quota;
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      {quota === null ? as(used) : t('used', { used: as(used), quota: as(quota) })}
      {isBeyond && <Tag>{t('beyondText', { amount: as(used - quota) })}</Tag>}
    </span>
  );
}

export const UsedBytes = (amount: Omit<Amount, 'as'>) => <Used {...amount} as={bytes} />;
