'use client';

import { useSyncExternalStore } from 'react';
import { usePreferences } from '../../lib/preferences/preferences.tsx';

const DARK = '(prefers-color-scheme: dark)';

function subscribe(listener: () => void): () => void {
  const media = window.matchMedia(DARK);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

/** The theme that is really shown, for what cannot follow it through CSS. */
export function useTheme(): 'light' | 'dark' {
  const { theme } = usePreferences();
  const system = useSyncExternalStore(
    subscribe,
    () => window.matchMedia(DARK).matches,
    () => false,
  );
  if (theme !== 'system') return theme;
  return system ? 'dark' : 'light';
}
