import { createHash } from 'node:crypto';
import type { ActiveAlarms } from '@loopstart/contracts';
import type { Clock } from '../core/clock.ts';
import type { Collector } from './collector.ts';

/** A list that is read so soon after a notification may be from before or after what that told of. */
export const SETTLE_MS = 5_000;

export type AlarmList = Pick<ActiveAlarms, 'covers' | 'alarms'>;

/** A list as it was read; monotonic ms, and `at` ms since the epoch. */
export interface ListReading {
  /** Null: not read to its end, or not there. It says nothing then. */
  list: AlarmList | null;
  at: number;
  startedMs: number;
}

/** Reports the alarms that a gateway lists as active: where the list changed, and now and then. */
export class AlarmListReporter {
  readonly #collector: Pick<Collector, 'alarms'>;
  readonly #clock: Clock;
  readonly #fullIntervalMs: () => number;
  #sent: { digest: string; atMs: number } | null = null;
  #notifiedAtMs = Number.NEGATIVE_INFINITY;
  #withheld = false;

  constructor(collector: Pick<Collector, 'alarms'>, clock: Clock, fullIntervalMs: () => number) {
    this.#collector = collector;
    this.#clock = clock;
    this.#fullIntervalMs = fullIntervalMs;
  }

  /** When the list should be read again because the last could not be told apart from a notification; null: as usual. */
  get readAgainAtMs(): number | null {
    return this.#withheld ? this.#notifiedAtMs + SETTLE_MS : null;
  }

  /** The next list is reported, whatever it says. */
  forget(): void {
    this.#sent = null;
  }

  /** A notification told of an alarm: what was reported may be other than what is known by now. */
  notified(): void {
    this.#notifiedAtMs = this.#clock.monotonicMs();
    this.#sent = null;
  }

  see(gatewayId: string, { list, at, startedMs }: ListReading): void {
    this.#withheld = list !== null && startedMs - this.#notifiedAtMs < SETTLE_MS;
    if (list === null || this.#withheld) return;
    const digest = createHash('sha256')
      .update(JSON.stringify([gatewayId, list]))
      .digest('hex');
    const isDue = this.#sent === null || startedMs - this.#sent.atMs >= this.#fullIntervalMs();
    if (!isDue && this.#sent?.digest === digest) return;
    this.#sent = { digest, atMs: startedMs };
    this.#collector.alarms({ gatewayId, at, ...list });
  }
}
