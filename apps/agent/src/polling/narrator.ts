import type { Inventory } from '@loopstart/contracts';
import type { Clock } from '../core/clock.ts';
import type { Collector } from './collector.ts';
import { diffImplied, diffReading, type DiffContext, type Reading, type Told } from './diff.ts';
import type { ImpliedCell } from './implied.ts';

/** Tells the cloud of one gateway, and remembers what it was told, so that only news is sent. */
export class Narrator {
  readonly #collector: Collector;
  readonly #clock: Clock;
  readonly #fullIntervalMs: () => number;
  #told: Told | null = null;
  #forceFull = false;

  constructor(collector: Collector, clock: Clock, fullIntervalMs: () => number) {
    this.#collector = collector;
    this.#clock = clock;
    this.#fullIntervalMs = fullIntervalMs;
  }

  /** What was told counts no more: the next reading is told in full. */
  forget(): void {
    this.#told = null;
  }

  /** The next reading is told in full, though what was told still counts. */
  forceFull(): void {
    this.#forceFull = true;
  }

  /** A poll of `at` that took `pollMs`. */
  tellReading(inventory: Inventory, reading: Reading, at: number, pollMs: number): void {
    const difference = diffReading(this.#told, reading, this.#context(inventory, at, pollMs));
    this.#told = difference.told;
    this.#forceFull = false;
    if (difference.report === null) this.#collector.unchanged(inventory.gatewayId, at);
    else this.#collector.report(difference.report, difference.urgent);
  }

  /** What a notification says of ports, before the poll that confirms it; nothing before the first full report. */
  tellImplied(inventory: Inventory, cells: readonly ImpliedCell[], at: number): void {
    if (this.#told === null || this.#told.revision !== inventory.revision) return;
    const difference = diffImplied(this.#told, cells, this.#context(inventory, at, 0));
    this.#told = difference.told;
    if (difference.report !== null) this.#collector.report(difference.report, true);
  }

  #context({ gatewayId, revision }: Inventory, at: number, pollMs: number): DiffContext {
    const nowMs = this.#clock.monotonicMs();
    const forceFull = this.#forceFull;
    return { gatewayId, revision, at, pollMs, nowMs, fullIntervalMs: this.#fullIntervalMs(), forceFull };
  }
}
