import type { Clock } from '../core/clock.ts';

/** Clocks that differ by less agree: nobody needs readings to the second of another machine. */
const TOLERANCE_MS = 2_000;
/** How long one message of the cloud is believed, so that neither clock's drift adds up. */
const BELIEVED_MS = 900_000;
/** The estimates that are kept; one a minute. */
const SLOT_MS = 60_000;

interface Estimate {
  slot: number;
  /** The cloud's time minus this machine's monotonic time. */
  aheadOfMonotonicMs: number;
}

/**
 * Knows the cloud's time, from its acknowledgements, so that readings bear the right time while the wall
 * clock of this machine is wrong or is being set. An acknowledgement can only come late, so of several estimates the
 * greatest is the nearest; they are tied to the monotonic clock, which nobody sets.
 */
export class CloudTime {
  readonly #clock: Clock;
  #estimates: Estimate[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes the cloud's time of now, ms since the epoch. */
  synchronise(cloudMs: number): void {
    const nowMs = this.#clock.monotonicMs();
    const slot = Math.floor(nowMs / SLOT_MS);
    const aheadOfMonotonicMs = cloudMs - nowMs;
    const last = this.#estimates.at(-1);
    if (last?.slot === slot) last.aheadOfMonotonicMs = Math.max(last.aheadOfMonotonicMs, aheadOfMonotonicMs);
    else this.#estimates.push({ slot, aheadOfMonotonicMs });
    const oldest = slot - Math.ceil(BELIEVED_MS / SLOT_MS);
    this.#estimates = this.#estimates.filter((estimate) => estimate.slot >= oldest);
  }

  /** This machine's wall clock minus the cloud's time; null before the first acknowledgement. */
  get wallAheadMs(): number | null {
    if (this.#estimates.length === 0) return null;
    const ahead = Math.max(...this.#estimates.map((estimate) => estimate.aheadOfMonotonicMs));
    return Math.round(this.#clock.now() - (this.#clock.monotonicMs() + ahead));
  }

  /** This machine's clock, with the wall time put right where it is known to be wrong. */
  get clock(): Clock {
    const clock = this.#clock;
    return {
      now: () => {
        const ahead = this.wallAheadMs;
        return ahead === null || Math.abs(ahead) <= TOLERANCE_MS ? clock.now() : clock.now() - ahead;
      },
      monotonicMs: () => clock.monotonicMs(),
      schedule: (delayMs, run) => clock.schedule(delayMs, run),
    };
  }
}
