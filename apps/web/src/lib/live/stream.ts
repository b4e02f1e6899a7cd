import type { LiveEvent } from '@loopstart/contracts';

type Listener = (event: LiveEvent) => void;

/** The live events of this tab for whoever wants to hear them, and whether somebody needs them out of sight. */
export interface Stream {
  tell: Listener;
  /** Returns what ends it. */
  listen: (listener: Listener) => () => void;
  /** Keeps the stream open in a hidden tab until the returned function is called. */
  hold: () => () => void;
  isHeld: () => boolean;
}

export function makeStream(): Stream {
  const listeners = new Set<Listener>();
  const holders = new Set<object>();
  return {
    tell: (event) => listeners.forEach((listener) => listener(event)),
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    hold: () => {
      const holder = {};
      holders.add(holder);
      return () => void holders.delete(holder);
    },
    isHeld: () => holders.size > 0,
  };
}
