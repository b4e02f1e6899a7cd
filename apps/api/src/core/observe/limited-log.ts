import { admitLine, type LineLimit, type LineWindow } from '@loopstart/domain';
import type { Logger } from './logger.ts';

/** Ten lines a minute show what is wrong; the counters show how much. */
const LIMIT: LineLimit = { lines: 10, windowMs: 60_000 };
const PEERS_MAX = 10_000;

/** Warnings about peers, of each a limited number a minute; what was left out is counted and said. */
export class LimitedLog {
  readonly #log: Pick<Logger, 'warn'>;
  readonly #now: () => number;
  readonly #windows = new Map<string, LineWindow>();

  constructor(log: Pick<Logger, 'warn'>, now: () => number) {
    this.#log = log;
    this.#now = now;
  }

  /** Writes `text` with `fields` about a peer, unless there was too much about it already. */
  warn(peer: string, fields: object, text: string): void {
    const nowMs = this.#now();
    if (!this.#windows.has(peer) && this.#windows.size >= PEERS_MAX) this.flush(true);
    const { write, leftOut, window } = admitLine(this.#windows.get(peer), LIMIT, nowMs);
    this.#windows.set(peer, window);
    if (leftOut > 0) this.#mention(peer, leftOut, text);
    if (write) this.#log.warn(fields, text);
  }

  /** Says what was left out in stretches that are over (of all where `evenNow`), and forgets them. */
  flush(evenNow = false): void {
    const nowMs = this.#now();
    for (const [peer, { sinceMs, suppressed }] of this.#windows) {
      if (!evenNow && nowMs - sinceMs < LIMIT.windowMs) continue;
      this.#windows.delete(peer);
      if (suppressed > 0) this.#mention(peer, suppressed, 'lines about a peer');
    }
  }

  #mention(peer: string, suppressed: number, about: string): void {
    this.#log.warn({ peer, suppressed, about }, 'more of the same was not logged');
  }
}
