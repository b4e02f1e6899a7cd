import { comparePositions, STREAM_START, type Position } from '@loopstart/domain';
import type { FrameEntry } from './frame.ts';
import type { LaneName } from './lane-rules.ts';
import { Segment } from './segment.ts';
import type { Storage } from './storage.ts';

/** A frame as it goes to disk. */
export interface OutgoingFrame extends Omit<FrameEntry, 'offset' | 'bytes'> {
  data: Uint8Array;
}

/** Frames written but not yet part of the lane. Exactly one of `publish` and `undo` is called. */
export interface Staged {
  sync(): Promise<void>;
  publish(): void;
  undo(): Promise<void>;
}

/** Something was unreadable when the outbox was opened: between these times. */
export interface LaneDamage {
  lane: LaneName;
  fromAt: number | null;
  toAt: number | null;
}

const NAME = /^([a-z]+)-(\d{8})\.seg$/;

/** A sequence of files with the messages of one lane, oldest first. */
export class Lane {
  readonly name: LaneName;
  readonly #storage: Storage;
  readonly #segmentBytes: () => number;
  #segments: Segment[] = [];
  /** The current file; null until the next write creates one. */
  #active: Segment | null = null;
  #nextNumber = 1;

  private constructor(storage: Storage, name: LaneName, segmentBytes: () => number) {
    this.#storage = storage;
    this.name = name;
    this.#segmentBytes = segmentBytes;
  }

  /** Opens the lane from the files of the folder, cutting off a torn end and reporting damage. */
  static async open(
    storage: Storage,
    name: LaneName,
    files: readonly string[],
    segmentBytes: () => number,
  ): Promise<{ lane: Lane; damages: LaneDamage[] }> {
    const lane = new Lane(storage, name, segmentBytes);
    const damages: LaneDamage[] = [];
    const numbers = files
      .map((file) => NAME.exec(file))
      .filter((match) => match?.[1] === name)
      .map((match) => Number(match?.[2]))
      .toSorted((a, b) => a - b);
    let last: Position = STREAM_START;
    for (const number of numbers) {
      const segment = new Segment(storage, fileName(name, number), number);
      const loaded = await segment.load(last);
      const isTail = number === numbers.at(-1);
      for (const damage of loaded.damages) damages.push(lane.#damageAround(segment, damage.offset));
      if (loaded.torn && !isTail) damages.push(lane.#damageAround(segment, segment.size));
      if (loaded.torn && isTail) {
        const file = await segment.file();
        await file.truncate(segment.size);
        await file.sync();
      }
      lane.#nextNumber = number + 1;
      if (segment.index.count === 0) {
        await segment.remove();
        continue;
      }
      last = loaded.last;
      lane.#segments.push(segment);
      if (isTail) lane.#active = segment;
      else await segment.closeFile();
    }
    return { lane, damages };
  }

  get segments(): readonly Segment[] {
    return this.#segments;
  }

  get last(): Position | null {
    return this.#segments.at(-1)?.index.last ?? null;
  }

  /** Writes frames to the end of the last file, or of a new one. They count only once published. */
  async stage(frames: readonly OutgoingFrame[]): Promise<Staged> {
    const bytes = frames.reduce((sum, frame) => sum + frame.data.length, 0);
    if (this.#active !== null && this.#active.size > 0 && this.#active.size + bytes > this.#segmentBytes()) {
      await this.#seal();
    }
    const fresh = this.#active === null;
    const segment = this.#active ?? new Segment(this.#storage, fileName(this.name, this.#nextNumber), this.#nextNumber);
    if (fresh) this.#nextNumber += 1;
    const start = segment.size;
    const undo = async () => {
      // Where even this fails, opening the outbox later skips the copies by their positions.
      if (fresh) await segment.remove().catch(() => undefined);
      else {
        await segment
          .file()
          .then((file) => file.truncate(start))
          .catch(() => this.#seal());
      }
    };
    try {
      const file = await segment.file();
      if (fresh) await this.#storage.syncNames();
      await file.write(join(frames, bytes), start);
      return {
        sync: () => file.sync(),
        publish: () => {
          let offset = start;
          for (const frame of frames) {
            segment.index.add({ ...frame, offset, bytes: frame.data.length });
            offset += frame.data.length;
          }
          segment.size = offset;
          if (fresh) {
            this.#segments.push(segment);
            this.#active = segment;
          }
        },
        undo,
      };
    } catch (error) {
      await undo();
      throw error;
    }
  }

  /** Removes one file. The lane continues in a new one when it was the last. */
  async drop(segment: Segment): Promise<void> {
    if (segment === this.#active) this.#active = null;
    this.#segments = this.#segments.filter((other) => other !== segment);
    await segment.remove();
  }

  /**
   * Replaces all files by one with the frames that `keep` selects. Removes the old files newest first: if that is
   * interrupted, the remaining files and the new one together have everything that was kept.
   */
  async rewrite(frames: readonly OutgoingFrame[]): Promise<void> {
    const old = [...this.#segments];
    const former = this.#active;
    this.#active = null;
    if (frames.length > 0) {
      try {
        const staged = await this.stage(frames);
        await staged.sync();
        staged.publish();
      } catch (error) {
        this.#active = former;
        throw error;
      }
    }
    for (const segment of old.toReversed()) await this.drop(segment);
  }

  async close(): Promise<void> {
    for (const segment of this.#segments) await segment.closeFile();
  }

  async #seal(): Promise<void> {
    const sealed = this.#active;
    this.#active = null;
    await sealed?.closeFile();
  }

  #damageAround(segment: Segment, offset: number): LaneDamage {
    const places = Array.from({ length: segment.index.count }, (_, place) => segment.index.at(place));
    return {
      lane: this.name,
      fromAt: places.findLast((entry) => entry.offset < offset)?.at ?? null,
      toAt: places.find((entry) => entry.offset > offset)?.at ?? null,
    };
  }
}

/** The first messages after `position` over several lanes, in the order they were written. */
export function* mergeAfter(
  lanes: readonly Lane[],
  position: Position,
): Generator<{ segment: Segment; entry: FrameEntry }> {
  const heads = lanes.map((lane) => entriesAfter(lane, position)).map((entries) => ({ entries, next: entries.next() }));
  for (;;) {
    let best: (typeof heads)[number] | null = null;
    for (const head of heads) {
      if (head.next.done === true) continue;
      const bestEntry = best?.next.value?.entry;
      if (bestEntry === undefined || comparePositions(head.next.value.entry.position, bestEntry.position) < 0)
        best = head;
    }
    if (best === null || best.next.done === true) return;
    yield best.next.value;
    best.next = best.entries.next();
  }
}

function* entriesAfter(
  lane: Lane,
  position: Position,
): Generator<{ segment: Segment; entry: FrameEntry }, undefined, undefined> {
  for (const segment of lane.segments) {
    const last = segment.index.last;
    if (last === null || comparePositions(last, position) <= 0) continue;
    for (let place = segment.index.firstAfter(position); place < segment.index.count; place += 1) {
      yield { segment, entry: segment.index.at(place) };
    }
  }
}

function fileName(lane: LaneName, number: number): string {
  return `${lane}-${String(number).padStart(8, '0')}.seg`;
}

function join(frames: readonly OutgoingFrame[], bytes: number): Uint8Array {
  const all = new Uint8Array(bytes);
  let at = 0;
  for (const frame of frames) {
    all.set(frame.data, at);
    at += frame.data.length;
  }
  return all;
}
