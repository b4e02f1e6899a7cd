/** Being the one of all tabs that asked for the same name, once it is this tab's turn. */
export interface Candidacy {
  /** Does not wait for its turn: whoever has the lead loses it. */
  takeOver: () => void;
  /** Gives the lead, or the wait for it, to the others. */
  resign: () => void;
}

/**
 * Waits to lead by a lock of the browser, which passes on when the tab that holds it is closed. Where there are no
 * locks (a page neither on https nor localhost) every tab leads alone.
 */
export function standForLead(name: string, on: { granted: () => void; lost: () => void }): Candidacy {
  let current: AbortController | undefined;

  const alone = () => {
    const turn = new AbortController();
    current = turn;
    queueMicrotask(() => {
      if (!turn.signal.aborted) on.granted();
    });
  };
  const request = (steal: boolean) => {
    let held = false;
    const turn = new AbortController();
    const resigned = new Promise<void>((resolve) => turn.signal.addEventListener('abort', () => resolve()));
    current?.abort();
    current = turn;
    navigator.locks
      .request(name, steal ? { steal } : { signal: turn.signal }, () => {
        if (turn.signal.aborted) return;
        held = true;
        on.granted();
        return resigned;
      })
      .catch(() => {
        // Resigned before its turn, which is an error to the browser.
        if (turn.signal.aborted) return;
        // Locks are there but not allowed here.
        if (!held) return alone();
        // The lead was taken: back into the queue.
        on.lost();
        request(false);
      });
  };

  if ('locks' in navigator) request(false);
  else alone();
  return {
    takeOver: () => {
      if ('locks' in navigator) request(true);
    },
    resign: () => current?.abort(),
  };
}
