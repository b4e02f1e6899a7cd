'use client';

import { Clock } from 'lucide-react';
import { usePreferences } from '../../lib/preferences/preferences.tsx';
import { Hint } from '../../ui/hint.tsx';

/** Whose wall clock times follow. Always in sight, because a time without its zone is a trap. */
export function ZoneToggle() {
  const { zone, set } = usePreferences();
  const next = zone === 'site' ? 'mine' : 'site';
  return (
    <Hint text={zone === 'site' ? 'Show times in my own zone instead' : 'Show times in the zone of each site instead'}>
      <button
        type="button"
        onClick={() => set('zone', next)}
        className="inline-flex h-9 items-center gap-1.5 rounded-md px-2 text-sm whitespace-nowrap text-ink-2 hover:bg-hover hover:text-ink"
      >
        <Clock aria-hidden="true" className="size-4" strokeWidth={1.75} />
        <span className="sr-only">Times shown: </span>
        {zone === 'site' ? 'Site time' : 'My time'}
      </button>
    </Hint>
  );
}
