import type { Inventory } from '@loopstart/contracts';
import type { Clock } from '../core/clock.ts';
import type { Collector } from './collector.ts';
import { diffImplied, diffReading, type DiffContext, type LastReported, type Reading } from './diff.ts';
import type { ImpliedCell } from './implied.ts';

/** Reports one gateway to the cloud: keeps the last reported values and sends only differences from them. */
export class DeltaReporter {
  readonly #collector: Collector;
  readonly #clock: Clock;
  readonly #fullIntervalMs: () => number;
  #last: LastReported | null = null;
  #forceFull = false;

  constructor(collector: Collector, clock: Clock, fullIntervalMs: () => number) {
    this.#collector = collector;
    this.#clock = clock;
    this.#fullIntervalMs = fullIntervalMs;
  }

  /** Drops the baseline: the next reading is reported in full. */
  forget(): void {
    this.#last = null;
  }

  /** The next reading is reported in full; the baseline stays for the changes that a notification implies before it. */
  forceFull(): void {
    this.#forceFull = true;
  }

  /** Reports a poll taken at `at` that took `pollMs`. */
  reportReading(inventory: Inventory, reading: Reading, at: number, pollMs: number): void {
    const difference = diffReading(this.#last, reading, this.#context(inventory, at, pollMs));
    this.#last = difference.last;
    this.#forceFull = false;
    if (difference.report === null) this.#collector.unchanged(inventory.gatewayId, at);
    else this.#collector.report(difference.report, difference.urgent);
  }

  /**
   * Reports the port states that a notification implies, before the poll that confirms them; nothing before the first
   * full report.
   */
  reportImplied(inventory: Inventory, cells: readonly ImpliedCell[], at: number): void {
    if (this.#last === null || this.#last.revision !== inventory.revision) return;
    const difference = diffImplied(this.#last, cells, this.#context(inventory, at, 0));
    this.#last = difference.last;
    if (difference.report !== null) this.#collector.report(difference.report, true);
  }

  #context({ gatewayId, revision }: Inventory, at: number, pollMs: number): DiffContext {
    const nowMs = this.#clock.monotonicMs();
    const forceFull = this.#forceFull;
    return { gatewayId, revision, at, pollMs, nowMs, fullIntervalMs: this.#fullIntervalMs(), forceFull };
  }
}
