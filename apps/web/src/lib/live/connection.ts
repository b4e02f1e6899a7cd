/** How current the page is: events arrive, or are about to again, or the page asks at intervals. */
export type LiveStatus = 'connecting' | 'live' | 'reconnecting' | 'polling';

/** The part of EventSource that is used. */
export interface Source {
  readyState: number;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  close: () => void;
}

const CLOSED = 2;
/** Without a stream for this long, the page says that it polls. */
export const PATIENCE_MS = 8000;
const BACK_OFF_FIRST_MS = 1000;
const BACK_OFF_MAX_MS = 30_000;

export interface Connection {
  /** Closes the stream for good. */
  close: () => void;
}

/**
 * Keeps one event stream open. A browser reconnects by itself after a broken connection, but gives up
 * when it is answered with an error; then `onRefused` is told, and this opens a new one, later and later.
 * Every `live` is a stream that has just opened: events before it may have been missed.
 */
export function connect(options: {
  open: () => Source;
  onMessage: (data: string) => void;
  onStatus: (status: LiveStatus) => void;
  onRefused: () => void;
}): Connection {
  let source: Source | undefined;
  let attempt = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;

  const lost = (status: LiveStatus) => {
    if (patience !== undefined) return;
    options.onStatus(status);
    patience = setTimeout(() => options.onStatus('polling'), PATIENCE_MS);
  };

  const start = () => {
    const current = options.open();
    source = current;
    current.onopen = () => {
      clearTimeout(patience);
      patience = undefined;
      attempt = 0;
      options.onStatus('live');
    };
    current.onmessage = (event: { data: string }) => options.onMessage(event.data);
    current.onerror = () => {
      lost('reconnecting');
      if (current.readyState !== CLOSED) return;
      options.onRefused();
      retry = setTimeout(start, Math.min(BACK_OFF_MAX_MS, BACK_OFF_FIRST_MS * 2 ** attempt));
      attempt += 1;
    };
  };

  lost('connecting');
  start();
  return {
    close: () => {
      clearTimeout(retry);
      clearTimeout(patience);
      source?.close();
    },
  };
}
