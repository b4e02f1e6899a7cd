'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { steady } from './steady.ts';

/** A pointer that rests for so long points at nothing any more: news has to come into sight on a screen on the wall. */
const REST_MS = 5_000;

/**
 * The rows of a list, of which none moves under a pointer that is over them (`point`), until it leaves or rests. What
 * somebody did here themselves is shown at once (`release`).
 */
export function useSteadyRows<T>(now: readonly T[], keyOf: (row: T) => string, question: string) {
  const [held, setHeld] = useState<{ question: string; rows: readonly T[] } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const release = useCallback(() => {
    clearTimeout(timer.current);
    setHeld(null);
  }, []);
  const point = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(release, REST_MS);
    if (held === null || held.question !== question) setHeld({ question, rows: now });
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const { rows, waiting } = useMemo(
    () => (held !== null && held.question === question ? steady(held.rows, now, keyOf) : { rows: now, waiting: 0 }),
    [held, now, keyOf, question],
  );
  return { rows, waiting, point, release };
}
