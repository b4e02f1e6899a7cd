'use client';

import { useLiveStatus } from '../../lib/live/provider.tsx';
import { cx } from '../../ui/cx.ts';
import { Hint } from '../../ui/hint.tsx';
import { t } from '../../messages/shell.ts';

const WORDS = {
  connecting: { label: t('connecting'), meaning: t('openingLiveConnection') },
  live: { label: t('live'), meaning: t('changesAppearTheyHappen') },
  reconnecting: { label: t('reconnecting'), meaning: t('liveConnectionLostConsole') },
  polling: {
    label: t('delayed'),
    meaning: t('noLiveConnectionPage'),
  },
} as const;

/** Whether what is shown follows the fleet by itself. */
export function LiveBadge() {
  const status = useLiveStatus();
  const { label, meaning } = WORDS[status];
  return (
    <Hint text={meaning}>
      <span role="status" className="inline-flex items-center gap-1.5 text-sm whitespace-nowrap text-ink-2">
        <svg
          viewBox="0 0 10 10"
          aria-hidden="true"
          className={cx('size-2.5', status === 'live' ? 'text-ok' : 'text-minor')}
        >
          {status === 'live' ? (
            <circle cx="5" cy="5" r="4" fill="currentColor" />
          ) : (
            <circle cx="5" cy="5" r="4" fill="none" stroke="currentColor" strokeWidth="1.8" strokeDasharray="3 2" />
          )}
        </svg>
        {label}
        <span className="sr-only">: {meaning}</span>
      </span>
    </Hint>
  );
}
