import type { LiveEvent } from '@loopstart/contracts';

type Listener = (event: LiveEvent) => void;

/** The live events of this tab for whoever wants to hear them, and whether somebody needs them out of sight. */
export interface Stream {
  tell: Listener;
  /** Returns what ends it. */
  listen: (listener: Listener) => () => void;
  /** Says that the events are needed in a hidden tab too, until the returned function is called. */
  hold: () => () => void;
  isHeld: () => boolean;
  /** Hears that the stream is held, or no longer. Returns what ends it. */
  onHeld: (listener: () => void) => () => void;
}

export function makeStream(): Stream {
  const listeners = new Set<Listener>();
  const holders = new Set<object>();
  const watchers = new Set<() => void>();
  return {
    tell: (event) => listeners.forEach((listener) => listener(event)),
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    hold: () => {
      const holder = {};
      holders.add(holder);
      watchers.forEach((watcher) => watcher());
      return () => {
        if (holders.delete(holder)) watchers.forEach((watcher) => watcher());
      };
    },
    isHeld: () => holders.size > 0,
    onHeld: (watcher) => {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
  };
}
