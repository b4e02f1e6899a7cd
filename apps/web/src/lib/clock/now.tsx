'use client';

import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import { serverNowMs } from './offset.ts';

const RenderedAt = createContext(0);

/** Carries the time at which the server rendered, so that the browser's first render says the same. */
export function ClockProvider({ renderedAtMs, children }: { renderedAtMs: number; children: ReactNode }) {
  return <RenderedAt value={renderedAtMs}>{children}</RenderedAt>;
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One timer for all clocks on the page; none when nothing shows an age. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => listeners.forEach((notify) => notify()), 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** Now in ms by the API's clock, renewed every `stepMs` (a whole number of seconds). */
export function useNow(stepMs = 1000): number {
  const renderedAtMs = useContext(RenderedAt);
  return useSyncExternalStore(
    subscribe,
    () => Math.floor(serverNowMs() / stepMs) * stepMs,
    () => Math.floor(renderedAtMs / stepMs) * stepMs,
  );
}
