'use client';

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { COOKIE_PREFIX, type Preferences } from './model.ts';

interface Held extends Preferences {
  set: <K extends keyof Preferences>(key: K, value: Preferences[K]) => void;
}

const Context = createContext<Held | null>(null);

const YEAR_S = 31_536_000;

function writeCookie(key: keyof Preferences, value: string): void {
  document.cookie = `${COOKIE_PREFIX}${key}=${encodeURIComponent(value)}; Path=/; Max-Age=${YEAR_S}; SameSite=Lax`;
}

/** A browser's zone does not change while a page is open. */
const never = () => () => undefined;
const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function PreferencesProvider({ initial, children }: { initial: Preferences; children: ReactNode }) {
  const [preferences, setPreferences] = useState(initial);

  const set = useCallback<Held['set']>((key, value) => {
    writeCookie(key, value);
    if (key === 'theme') document.documentElement.dataset.theme = value;
    setPreferences((old) => ({ ...old, [key]: value }));
  }, []);

  const myZone = useSyncExternalStore(never, browserZone, () => initial.myZone);
  useEffect(() => writeCookie('myZone', myZone), [myZone]);

  const held = useMemo(() => ({ ...preferences, myZone, set }), [preferences, myZone, set]);
  return <Context value={held}>{children}</Context>;
}

export function usePreferences(): Held {
  const held = useContext(Context);
  if (held === null) throw new Error('usePreferences needs a PreferencesProvider above it');
  return held;
}
