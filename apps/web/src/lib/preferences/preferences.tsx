'use client';

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { COOKIE_PREFIX, type Preferences } from './model.ts';

interface Held extends Preferences {
  set: <K extends keyof Preferences>(key: K, value: Preferences[K]) => void;
}

const Context = createContext<Held | null>(null);

const YEAR_S = 31_536_000;

export function PreferencesProvider({ initial, children }: { initial: Preferences; children: ReactNode }) {
  const [preferences, setPreferences] = useState(initial);

  const set = useCallback<Held['set']>((key, value) => {
    document.cookie = `${COOKIE_PREFIX}${key}=${encodeURIComponent(value)}; Path=/; Max-Age=${YEAR_S}; SameSite=Lax`;
    if (key === 'theme') document.documentElement.dataset.theme = value;
    setPreferences((old) => ({ ...old, [key]: value }));
  }, []);

  useEffect(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (zone !== '' && zone !== preferences.myZone) set('myZone', zone);
  }, [preferences.myZone, set]);

  const held = useMemo(() => ({ ...preferences, set }), [preferences, set]);
  return <Context value={held}>{children}</Context>;
}

export function usePreferences(): Held {
  const held = useContext(Context);
  if (held === null) throw new Error('usePreferences needs a PreferencesProvider above it');
  return held;
}
