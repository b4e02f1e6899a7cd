import { comparePositions, type Position } from '@loopstart/domain';
import type { FrameEntry } from './frame.ts';
import { DISK_CODE_OF, KINDS_ON_DISK } from './lane-rules.ts';

/**
 * The places of one file's frames, in about 30 bytes a message: payloads stay on disk. Frames are added in the order of
 * their positions.
 */
export class SegmentIndex {
  #count = 0;
  #offsets = new Uint32Array(16);
  #lengths = new Uint32Array(16);
  #epochs = new Uint32Array(16);
  #seqs = new Float64Array(16);
  #ats = new Float64Array(16);
  #kinds = new Uint8Array(16);

  get count(): number {
    return this.#count;
  }

  add(entry: FrameEntry): void {
    if (this.#count === this.#offsets.length) this.#grow();
    const at = this.#count++;
    this.#offsets[at] = entry.offset;
    this.#lengths[at] = entry.bytes;
    this.#epochs[at] = entry.position[0];
    this.#seqs[at] = entry.position[1];
    this.#ats[at] = entry.at;
    this.#kinds[at] = DISK_CODE_OF[entry.kind];
  }

  /** The entry at a place. Throws RangeError outside 0 … count − 1. */
  at(place: number): FrameEntry {
    if (place < 0 || place >= this.#count) throw new RangeError(`no frame ${place} of ${this.#count}`);
    return {
      offset: this.#offsets[place] as number,
      bytes: this.#lengths[place] as number,
      kind: KINDS_ON_DISK[this.#kinds[place] as number] as FrameEntry['kind'],
      position: this.#positionAt(place),
      at: this.#ats[place] as number,
    };
  }

  get last(): Position | null {
    return this.#count === 0 ? null : this.#positionAt(this.#count - 1);
  }

  /** The place of the first frame after `position`; `count` when there is none. */
  firstAfter(position: Position): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (comparePositions(this.#positionAt(middle), position) > 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #positionAt(place: number): Position {
    return [this.#epochs[place] as number, this.#seqs[place] as number];
  }

  #grow(): void {
    const size = this.#offsets.length * 2;
    const copy = <T extends Uint8Array | Uint32Array | Float64Array>(from: T, to: T): T => {
      to.set(from as never);
      return to;
    };
    this.#offsets = copy(this.#offsets, new Uint32Array(size));
    this.#lengths = copy(this.#lengths, new Uint32Array(size));
    this.#epochs = copy(this.#epochs, new Uint32Array(size));
    this.#seqs = copy(this.#seqs, new Float64Array(size));
    this.#ats = copy(this.#ats, new Float64Array(size));
    this.#kinds = copy(this.#kinds, new Uint8Array(size));
  }
}
