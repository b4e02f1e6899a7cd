import { comparePositions, type Position } from '@loopstart/domain';
import type { Clock } from '../core/clock.ts';
import { LANES } from './lane-rules.ts';
import type { Ledger } from './ledger.ts';
import type { OpenedOutbox } from './opening.ts';
import type { Segment } from './segment.ts';

/** Maximum age of the stored acknowledgement; after a crash that much is sent again, and ignored by the cloud. */
const LEDGER_INTERVAL_MS = 5_000;

/** Keeps the ledger consistent with the files: acknowledged positions, removed messages, assigned sequences. */
export class Bookkeeping {
  readonly #files: OpenedOutbox;
  readonly #clock: Clock;
  #writtenAtMs: number;
  /** The last assigned sequence. */
  seq: number;

  constructor(files: OpenedOutbox, clock: Clock) {
    this.#files = files;
    this.#clock = clock;
    this.#writtenAtMs = clock.monotonicMs();
    this.seq = files.ledger.lastSeq;
  }

  get ledger(): Ledger {
    return this.#files.ledger;
  }

  segments(): Segment[] {
    return LANES.flatMap((name) => this.#files.lanes[name].segments);
  }

  async write(): Promise<void> {
    this.ledger.lastSeq = this.seq;
    await this.#files.ledgerFile.write(this.ledger);
    this.#writtenAtMs = this.#clock.monotonicMs();
  }

  /** Records that acknowledged messages are removed with this file, in case the cloud ever requests them again. */
  raiseFloor(segment: Segment): void {
    const { ledger } = this;
    if (segment.index.firstAfter(ledger.acked) === 0) return;
    const last = segment.index.last as Position;
    const gone = comparePositions(last, ledger.acked) < 0 ? last : ledger.acked;
    if (comparePositions(gone, ledger.floor) > 0) ledger.floor = gone;
  }

  /** Removes files without unacknowledged messages; the current one only when it is worth it. */
  async removeAcked(worthBytes: number): Promise<void> {
    const { ledger } = this;
    const done = LANES.flatMap((lane) =>
      this.#files.lanes[lane].segments
        .filter((segment, place, all) => {
          const last = segment.index.last;
          if (last === null || comparePositions(last, ledger.acked) > 0) return false;
          return place < all.length - 1 || segment.size > worthBytes;
        })
        .map((segment) => ({ lane, segment })),
    );
    for (const { segment } of done) this.raiseFloor(segment);
    const due = this.#clock.monotonicMs() - this.#writtenAtMs >= LEDGER_INTERVAL_MS;
    if (done.length > 0 || due) await this.write();
    for (const { lane, segment } of done) await this.#files.lanes[lane].drop(segment);
  }

  /**
   * Removes everything and continues in a later epoch than that of `position`, as if all up to it were acknowledged.
   */
  async leapOver(position: Position): Promise<void> {
    const { ledger } = this;
    ledger.epoch = position[0] + 1;
    ledger.acked = position;
    ledger.floor = position;
    this.seq = Math.max(this.seq, position[1]);
    await this.write();
    for (const lane of LANES) {
      for (const segment of this.#files.lanes[lane].segments) await this.#files.lanes[lane].drop(segment);
    }
  }
}
