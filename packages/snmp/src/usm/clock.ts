import type { EngineTime } from './privacy.ts';

/** RFC 3414 section 2.2.3: the maximum age of a message. */
export const TIME_WINDOW_SECONDS = 150;
/** RFC 3414 section 2.2.2: at its largest value engineBoots stays, and no message is in the window any more. */
export const BOOTS_MAX = 0x7fffffff;

/**
 * The known boots and time of another engine (RFC 3414 section 2.2.1): local notion, latest received time. `nowMs` must
 * be monotonic.
 */
export class RemoteClock {
  #boots: number;
  #timeSeconds: number;
  #heardAtMs: number;
  #latestSeconds: number;
  #authenticated = false;

  /** Starts from an unauthenticated report: enough to send requests, not to refuse messages. */
  constructor(stated: EngineTime, nowMs: number) {
    this.#boots = stated.boots;
    this.#timeSeconds = stated.timeSeconds;
    this.#latestSeconds = stated.timeSeconds;
    this.#heardAtMs = nowMs;
  }

  /** Boots and time to write into a message for that engine. */
  at(nowMs: number): EngineTime {
    const passed = Math.max(0, Math.floor((nowMs - this.#heardAtMs) / 1000));
    return { boots: this.#boots, timeSeconds: Math.min(this.#timeSeconds + passed, BOOTS_MAX) };
  }

  /** Checks the boots and time of an authentic message (RFC 3414 section 3.2.7 b) and learns from them. */
  accept(stated: EngineTime, nowMs: number): boolean {
    if (stated.boots === BOOTS_MAX) return false;
    if (this.#authenticated) {
      const local = this.at(nowMs);
      if (stated.boots < local.boots) return false;
      if (stated.boots === local.boots && stated.timeSeconds < local.timeSeconds - TIME_WINDOW_SECONDS) return false;
      if (stated.boots === local.boots && stated.timeSeconds <= this.#latestSeconds) return true;
    }
    this.#boots = stated.boots;
    this.#timeSeconds = stated.timeSeconds;
    this.#latestSeconds = stated.timeSeconds;
    this.#heardAtMs = nowMs;
    this.#authenticated = true;
    return true;
  }
}

/** Boots and time of our own engine. */
export class OwnClock {
  readonly #boots: number;
  readonly #now: () => number;
  readonly #startedAtMs: number;

  constructor(boots: number, now: () => number) {
    this.#boots = boots;
    this.#now = now;
    this.#startedAtMs = now();
  }

  read(): EngineTime {
    return { boots: this.#boots, timeSeconds: Math.floor((this.#now() - this.#startedAtMs) / 1000) };
  }

  /** RFC 3414 section 3.2.7 a: as the authoritative engine. */
  isInWindow(stated: EngineTime): boolean {
    const own = this.read();
    if (own.boots === BOOTS_MAX || stated.boots !== own.boots) return false;
    return Math.abs(stated.timeSeconds - own.timeSeconds) <= TIME_WINDOW_SECONDS;
  }
}
