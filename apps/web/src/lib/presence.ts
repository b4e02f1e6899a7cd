/** So long after the last touch of keyboard or pointer, what a page asks by itself is no use of the session. */
const AWAY_AFTER_MS = 60_000;
const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'scroll', 'touchstart'] as const;

let touchedAtMs = Number.NEGATIVE_INFINITY;

/** Begins to notice touches. A page that was just opened was asked for. */
export function watchPresence(): () => void {
  const touch = () => {
    touchedAtMs = performance.now();
  };
  touch();
  for (const name of TOUCHES) addEventListener(name, touch, { passive: true, capture: true });
  return () => {
    for (const name of TOUCHES) removeEventListener(name, touch, { capture: true });
  };
}

/** Whether nobody has touched this page for a while. Where nobody watches, requests count as use. */
export const isAway = (): boolean => touchedAtMs > 0 && performance.now() - touchedAtMs > AWAY_AFTER_MS;
