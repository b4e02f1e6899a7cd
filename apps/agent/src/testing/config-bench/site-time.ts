import type { Clock } from '../../core/clock.ts';

const STEP_MS = 1_000;

/** Whoever has to act as time passes. */
export interface Living {
  /** Acts by the time of now, and resolves once what that began is done. */
  tick(nowMs: number): Promise<void>;
}

/**
 * Time of a simulated site: it passes only while somebody waits, a second at a time, as fast as what lives in it acts.
 * The wall clock may be set beside it.
 */
export class SiteTime {
  readonly living: Living[] = [];
  /** How far the agent's wall clock is ahead, ms. */
  aheadMs = 0;
  #at: number;

  constructor(startMs: number) {
    this.#at = startMs;
  }

  get nowMs(): number {
    return this.#at;
  }

  async pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      this.#at += STEP_MS;
      for (const one of this.living) await one.tick(this.#at);
    }
  }

  /** Waits on this clock let time pass; nothing else does. */
  get clock(): Clock {
    return {
      now: () => this.#at + this.aheadMs,
      monotonicMs: () => this.#at,
      schedule: (delayMs, run) => {
        let cancelled = false;
        setImmediate(() => void this.pass(Math.ceil(delayMs / STEP_MS)).then(() => !cancelled && run()));
        return () => {
          cancelled = true;
        };
      },
    };
  }

  /** The same time for whoever never has to be woken. */
  get still(): Clock {
    return { ...this.clock, schedule: () => () => undefined };
  }
}
