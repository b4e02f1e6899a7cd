'use client';

import { Clock } from 'lucide-react';
import { usePreferences } from '../../lib/preferences/preferences.tsx';
import { Hint } from '../../ui/hint.tsx';
import { t } from '../../messages/shell.ts';

/** Whose wall clock times follow. Always in sight, because a time without its zone is a trap. */
export function ZoneToggle() {
  const { zone, set } = usePreferences();
  const next = zone === 'site' ? 'mine' : 'site';
  return (
    <Hint text={zone === 'site' ? t('showTimesMyTime') : t('showTimesTimeZone')}>
      <button
        type="button"
        onClick={() => set('zone', next)}
        className="inline-flex h-9 items-center gap-1.5 rounded-md px-2 text-sm whitespace-nowrap text-ink-2 hover:bg-hover hover:text-ink"
      >
        <Clock aria-hidden="true" className="size-4" strokeWidth={1.75} />
        <span className="sr-only">{t('timesShown')}</span>
        {zone === 'site' ? t('siteTime') : t('myTime')}
      </button>
    </Hint>
  );
}
