import type { Clock } from '../core/clock.ts';

/**
 * Time that never goes back, over restarts of the agent too: limits of jobs are by it. It goes on where it was on disk;
 * time that passed while the agent was away counts as far as the wall clock shows it. A wall clock that was set ahead
 * meanwhile makes limits end earlier, which reverts a change: the safe side.
 */
export class SteadyTime {
  readonly #clock: Clock;
  readonly #startMonotonicMs: number;
  #startMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startMonotonicMs = clock.monotonicMs();
  }

  /** Goes on after a moment that is on disk. */
  resume(steadyMs: number, wallMs: number): void {
    const awayMs = Math.max(0, this.#clock.now() - wallMs);
    this.#startMs = Math.max(this.#startMs, steadyMs + awayMs - this.#elapsedMs);
  }

  get nowMs(): number {
    return this.#startMs + this.#elapsedMs;
  }

  get #elapsedMs(): number {
    return this.#clock.monotonicMs() - this.#startMonotonicMs;
  }
}
