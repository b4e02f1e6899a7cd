import { comparePositions, type Position } from '@loopstart/domain';
import { scanFrames, type Damage, type FrameEntry } from './frame.ts';
import { SegmentIndex } from './segment-index.ts';
import type { Storage, StorageFile } from './storage.ts';

/** One file of a lane. Only the last of a lane is written to. */
export class Segment {
  readonly number: number;
  readonly name: string;
  readonly index = new SegmentIndex();
  /** Bytes of complete frames; bytes after them do not count. */
  size = 0;
  readonly #storage: Storage;
  #file: Promise<StorageFile> | null = null;
  #readers = 0;
  #closeWhenRead = false;

  constructor(storage: Storage, name: string, number: number) {
    this.#storage = storage;
    this.name = name;
    this.number = number;
  }

  /** The open file; opened on first use. */
  file(): Promise<StorageFile> {
    this.#file ??= this.#storage.open(this.name);
    this.#file.catch(() => {
      this.#file = null;
    });
    return this.#file;
  }

  /**
   * Reads the file and builds the index. Frames not after `after` are copies (of a repeated write, or of an interrupted
   * compaction) and are skipped. Returns damage in the middle, and whether invalid bytes follow the last frame.
   */
  async load(after: Position): Promise<{ damages: Damage[]; torn: boolean; last: Position }> {
    const file = await this.file();
    const bytes = new Uint8Array(file.size);
    const length = await file.read(bytes, 0);
    const scan = scanFrames(bytes.subarray(0, length));
    let last = after;
    for (const frame of scan.frames) {
      if (comparePositions(frame.position, last) <= 0) continue;
      this.index.add(frame);
      last = frame.position;
    }
    this.size = scan.goodBytes;
    return { damages: scan.damages, torn: scan.goodBytes < file.size, last };
  }

  /** Reads adjacent frames with one read. Returns the bytes of each frame; the caller checks them. */
  async readFrames(entries: readonly FrameEntry[]): Promise<Uint8Array[]> {
    const first = entries[0];
    const last = entries.at(-1);
    if (first === undefined || last === undefined) return [];
    this.#readers += 1;
    try {
      const file = await this.file();
      const bytes = new Uint8Array(last.offset + last.bytes - first.offset);
      const length = await file.read(bytes, first.offset);
      return entries.map((entry) => {
        const start = entry.offset - first.offset;
        return bytes.subarray(start, Math.min(start + entry.bytes, length));
      });
    } finally {
      this.#readers -= 1;
      if (this.#closeWhenRead && this.#readers === 0) await this.closeFile();
    }
  }

  /** Removes the file's name; current readers finish first. */
  async remove(): Promise<void> {
    await this.#storage.remove(this.name).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    await this.closeFile();
  }

  /** Closes the file, once nobody reads from it; it opens again when it is needed. */
  async closeFile(): Promise<void> {
    this.#closeWhenRead = this.#readers > 0;
    if (this.#closeWhenRead) return;
    const file = this.#file;
    this.#file = null;
    await file?.then((open) => open.close()).catch(() => undefined);
  }
}
