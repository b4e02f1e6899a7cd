'use client';

import { useEffect, useState } from 'react';

/**
 * Whether this tab is the one of all open tabs that does something. Another takes over when it is closed.
 * Browsers also leave a tab that holds a lock awake. Where there are no locks, every tab is the one.
 */
export function useTabLock(name: string, wanted: boolean): boolean {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!wanted) return;
    const abort = new AbortController();
    if ('locks' in navigator) {
      navigator.locks
        .request(name, { signal: abort.signal }, () => {
          setHeld(true);
          return new Promise<void>((resolve) => abort.signal.addEventListener('abort', () => resolve()));
        })
        // Giving up before it was this tab's turn is told as an error.
        .catch(() => undefined);
    } else queueMicrotask(() => setHeld(true));
    return () => {
      setHeld(false);
      abort.abort();
    };
  }, [name, wanted]);
  return wanted && held;
}
