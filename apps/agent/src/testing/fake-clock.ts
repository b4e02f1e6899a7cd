import type { Clock } from '../core/clock.ts';

interface Timer {
  at: number;
  order: number;
  run: () => void;
}

/** A clock that only advances when a test does it; timers run in order of their time. */
export class FakeClock implements Clock {
  #now: number;
  #monotonic = 0;
  #order = 0;
  #timers: Timer[] = [];

  constructor(startMs = 1_700_000_000_000) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  monotonicMs(): number {
    return this.#monotonic;
  }

  schedule(delayMs: number, run: () => void): () => void {
    const timer: Timer = { at: this.#monotonic + Math.max(0, delayMs), order: this.#order++, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Sets the wall clock without advancing the time, as an operator or NTP does. */
  setWallClock(ms: number): void {
    this.#now = ms;
  }

  /** Advances by `ms`. Between timers, promises that are already settled get their turn. */
  async advance(ms: number): Promise<void> {
    const end = this.#monotonic + ms;
    for (;;) {
      await settle();
      const next = this.#timers
        .filter((timer) => timer.at <= end)
        .toSorted((a, b) => a.at - b.at || a.order - b.order)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#move(Math.max(next.at, this.#monotonic));
      next.run();
    }
    this.#move(end);
    await settle();
  }

  /** When the next timer is due, in ms from now; null when none waits. */
  nextDueMs(): number | null {
    if (this.#timers.length === 0) return null;
    return Math.min(...this.#timers.map((timer) => timer.at)) - this.#monotonic;
  }

  #move(to: number): void {
    this.#now += to - this.#monotonic;
    this.#monotonic = to;
  }
}

/** Lets pending promise callbacks and finished file operations run. */
export function settle(turns = 3): Promise<void> {
  return new Promise((resolve) => {
    const turn = (left: number) => (left === 0 ? resolve() : setImmediate(() => turn(left - 1)));
    turn(turns);
  });
}
