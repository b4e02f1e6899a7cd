import { admitLine, type LineLimit, type LineWindow } from '@loopstart/domain';
import type { Logger } from './logger.ts';

/** Ten lines a minute show the fault; the counters show its extent. */
const LIMIT: LineLimit = { lines: 10, windowMs: 60_000 };
const PEERS_MAX = 10_000;

/** Warnings about peers, a limited number a minute for each; suppressed lines are counted and reported. */
export class LimitedLog {
  readonly #log: Pick<Logger, 'warn'>;
  readonly #now: () => number;
  readonly #windows = new Map<string, LineWindow>();

  constructor(log: Pick<Logger, 'warn'>, now: () => number) {
    this.#log = log;
    this.#now = now;
  }

  /** Writes `text` with `fields` about a peer, unless it reached its limit. */
  warn(peer: string, fields: object, text: string): void {
    const nowMs = this.#now();
    if (!this.#windows.has(peer) && this.#windows.size >= PEERS_MAX) this.flush(true);
    const { write, leftOut, window } = admitLine(this.#windows.get(peer), LIMIT, nowMs);
    this.#windows.set(peer, window);
    if (leftOut > 0) this.#mention(peer, leftOut, text);
    if (write) this.#log.warn(fields, text);
  }

  /** Reports suppressed lines of past periods (of all where `evenNow`), and forgets them. */
  flush(evenNow = false): void {
    const nowMs = this.#now();
    for (const [peer, { sinceMs, suppressed }] of this.#windows) {
      if (!evenNow && nowMs - sinceMs < LIMIT.windowMs) continue;
      this.#windows.delete(peer);
      if (suppressed > 0) this.#mention(peer, suppressed, 'lines about a peer');
    }
  }

  #mention(peer: string, suppressed: number, about: string): void {
    this.#log.warn({ peer, suppressed, about }, 'suppressed further log lines of the same kind');
  }
}
