import type { Gap } from '@loopstart/contracts';
import type { Bookkeeping } from './bookkeeping.ts';
import { chooseDrops } from './drop-policy.ts';
import { compactInventory, gapOfSegments, mergeGaps } from './eviction.ts';
import type { Lane } from './lane.ts';
import { LANES, type LaneName } from './lane-rules.ts';

/** The next eviction, and what is lost with it. */
export interface Eviction {
  gap: Gap;
  /** Whether the lane that gaps are written to is itself evicted from. */
  cutsLasting: boolean;
  carryOut(): Promise<void>;
}

/** Keeps the outbox within its capacity: evicts by `drop-policy.ts` when it exceeds that or the disk is full. */
export class Capacity {
  readonly #books: Bookkeeping;
  readonly #lanes: Readonly<Record<LaneName, Lane>>;
  #inventoryDirty = true;

  constructor(books: Bookkeeping, lanes: Readonly<Record<LaneName, Lane>>) {
    this.#books = books;
    this.#lanes = lanes;
  }

  /** There may be inventories that replace others. */
  inventoryWritten(): void {
    this.#inventoryDirty = true;
  }

  /**
   * The next eviction that reduces it to `bytesMax`; null: it fits, or there is nothing left. Replaced inventories are
   * removed on the way, and counted in the gap.
   */
  async nextEviction(bytesMax: number): Promise<Eviction | null> {
    const segments = LANES.flatMap((lane) => this.#lanes[lane].segments.map((segment) => ({ lane, segment })));
    const excess = segments.reduce((sum, { segment }) => sum + segment.size, 0) - bytesMax;
    if (excess <= 0) return null;
    const candidates = segments.map(({ lane, segment }) => ({ lane, segment: segment.number, bytes: segment.size }));
    const steps = chooseDrops(candidates, excess, !this.#inventoryDirty);
    if (steps.length === 0) return null;
    const drops = segments.filter(({ lane, segment }) =>
      steps.some((step) => step.do === 'drop' && step.lane === lane && step.segment === segment.number),
    );
    const dropped = drops.map(({ segment }) => segment);
    const { acked } = this.#books.ledger;
    let gap = await gapOfSegments('outbox-full', dropped, acked);
    if (steps.some((step) => step.do === 'compact-inventory')) {
      gap = mergeGaps(gap, await compactInventory(this.#lanes.inventory, acked));
      this.#inventoryDirty = false;
    }
    return {
      gap,
      cutsLasting: drops.some(({ lane }) => lane === 'lasting'),
      carryOut: async () => {
        for (const segment of dropped) this.#books.raiseFloor(segment);
        await this.#books.write();
        for (const { lane, segment } of drops) await this.#lanes[lane].drop(segment);
      },
    };
  }

  /** Evicts the oldest telemetry because the disk is full; null: there is none. */
  async dropOldestTelemetry(): Promise<Gap | null> {
    const [oldest] = this.#lanes.telemetry.segments;
    if (oldest === undefined) return null;
    const gap = await gapOfSegments('disk-full', [oldest], this.#books.ledger.acked);
    this.#books.raiseFloor(oldest);
    await this.#lanes.telemetry.drop(oldest);
    return gap;
  }
}
