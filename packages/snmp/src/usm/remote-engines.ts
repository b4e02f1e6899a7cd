import { RemoteClock } from './clock.ts';
import type { EngineTime } from './privacy.ts';

/** Boots and times of the engines that have sent authentic traps; the one silent for longest is forgotten first. */
export class RemoteEngines {
  readonly #sizeMax: number;
  readonly #clocks = new Map<string, RemoteClock>();

  constructor(sizeMax: number) {
    this.#sizeMax = sizeMax;
  }

  /**
   * Checks an authentic message of an engine by RFC 3414 section 3.2.7 b. The first message of an engine is accepted:
   * there is nothing to compare it with.
   */
  accept(engineIdHex: string, stated: EngineTime, nowMs: number): boolean {
    const clock = this.#clocks.get(engineIdHex) ?? new RemoteClock(stated, nowMs);
    if (!clock.accept(stated, nowMs)) return false;
    this.#clocks.delete(engineIdHex);
    if (this.#clocks.size >= this.#sizeMax) {
      const oldest = this.#clocks.keys().next();
      if (!oldest.done) this.#clocks.delete(oldest.value);
    }
    this.#clocks.set(engineIdHex, clock);
    return true;
  }
}
