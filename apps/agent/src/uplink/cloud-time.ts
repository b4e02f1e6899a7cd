import type { Clock } from '../core/clock.ts';

/** Clocks that differ by less agree: readings of several machines need not match to the second. */
const TOLERANCE_MS = 2_000;
/** How long one estimate counts, so that neither clock's drift adds up. */
const BELIEVED_MS = 900_000;
/** Number of stored estimates; one a minute. */
const SLOT_MS = 60_000;

interface Estimate {
  slot: number;
  /** The cloud's time minus this machine's monotonic time. */
  aheadOfMonotonicMs: number;
}

/**
 * Knows the cloud's time, from its acknowledgements, so that readings have the right time while the wall clock of this
 * machine is wrong or is being set. An acknowledgement can only be late, so the greatest of several estimates is the
 * nearest; they refer to the monotonic clock, which is never set.
 */
export class CloudTime {
  readonly #clock: Clock;
  #estimates: Estimate[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes the cloud's current time, ms since the epoch. */
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

  /** This machine's clock, with the wall time corrected where it is known to be wrong. */
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
