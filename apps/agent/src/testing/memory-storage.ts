import type { Storage, StorageFile } from '../outbox/storage.ts';

interface MemoryFile {
  durable: Uint8Array;
  current: Uint8Array;
  /** Writes since the last sync, in order. */
  unsynced: { offset: number; bytes: Uint8Array }[];
}

/**
 * A disk for tests: distinguishes flushed from written bytes, can be full, can fail, and can lose its power. Unflushed
 * bytes are then lost completely, partly, or not at all, as on a real disk.
 */
export class MemoryStorage implements Storage {
  /** Bytes that all files together may take. */
  capacityBytes = Number.POSITIVE_INFINITY;
  /** Called before each operation; throwing makes it fail. */
  fault: (operation: 'open' | 'write' | 'sync' | 'truncate' | 'remove', name: string) => void = () => undefined;
  #names = new Map<string, MemoryFile>();
  #durableNames = new Map<string, MemoryFile>();
  #nameChanges: ((names: Map<string, MemoryFile>) => void)[] = [];

  get usedBytes(): number {
    return [...this.#names.values()].reduce((sum, file) => sum + file.current.length, 0);
  }

  names(): string[] {
    return [...this.#names.keys()].toSorted();
  }

  bytesOf(name: string): Uint8Array {
    return this.#file(name).current.slice();
  }

  /** Changes bytes without the outbox's knowledge, durably. */
  damage(name: string, change: (bytes: Uint8Array) => Uint8Array): void {
    const file = this.#file(name);
    file.current = change(file.current.slice());
    file.durable = file.current.slice();
  }

  /** Power cut: `random` (0 … 1) decides which unflushed bytes survive. */
  powerCut(random: () => number): void {
    const names = new Map(this.#durableNames);
    const keep = Math.floor(random() * (this.#nameChanges.length + 1));
    for (const change of this.#nameChanges.slice(0, keep)) change(names);
    for (const file of new Set(names.values())) {
      let survived = file.durable;
      for (const write of file.unsynced) {
        const kept = Math.floor(random() * (write.bytes.length + 1));
        survived = overwrite(survived, write.bytes.subarray(0, kept), write.offset);
        if (random() < 0.5) break;
      }
      file.current = survived.slice();
      file.durable = survived;
      file.unsynced = [];
    }
    this.#names = names;
    this.#durableNames = new Map(names);
    this.#nameChanges = [];
  }

  list(): Promise<string[]> {
    return Promise.resolve(this.names());
  }

  async open(name: string): Promise<StorageFile> {
    this.fault('open', name);
    let file = this.#names.get(name);
    if (file === undefined) {
      file = { durable: new Uint8Array(0), current: new Uint8Array(0), unsynced: [] };
      const made = file;
      this.#names.set(name, made);
      this.#nameChanges.push((names) => names.set(name, made));
    }
    return this.#handle(name, file);
  }

  async remove(name: string): Promise<void> {
    this.fault('remove', name);
    this.#names.delete(name);
    this.#nameChanges.push((names) => names.delete(name));
  }

  async syncNames(): Promise<void> {
    this.#durableNames = new Map(this.#names);
    this.#nameChanges = [];
  }

  freeBytes(): Promise<number | null> {
    return Promise.resolve(Number.isFinite(this.capacityBytes) ? this.capacityBytes - this.usedBytes : null);
  }

  #file(name: string): MemoryFile {
    const file = this.#names.get(name);
    if (file === undefined) throw Object.assign(new Error(`no file ${name}`), { code: 'ENOENT' });
    return file;
  }

  #handle(name: string, file: MemoryFile): StorageFile {
    let open = true;
    const check = () => {
      if (!open) throw Object.assign(new Error(`${name} is closed`), { code: 'EBADF' });
    };
    return {
      get size() {
        return file.current.length;
      },
      read: async (into, offset) => {
        check();
        const part = file.current.subarray(offset, offset + into.length);
        into.set(part);
        return part.length;
      },
      write: async (bytes, offset) => {
        check();
        this.fault('write', name);
        const growth = Math.max(0, offset + bytes.length - file.current.length);
        const fits = Math.max(0, Math.min(growth, this.capacityBytes - this.usedBytes));
        const written = bytes.slice(0, bytes.length - (growth - fits));
        file.current = overwrite(file.current, written, offset);
        file.unsynced.push({ offset, bytes: written });
        if (fits < growth) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      },
      truncate: async (size) => {
        check();
        this.fault('truncate', name);
        file.current = file.current.slice(0, size);
        file.unsynced = [];
        if (file.durable.length > size) file.durable = file.durable.slice(0, size);
      },
      sync: async () => {
        check();
        this.fault('sync', name);
        file.durable = file.current.slice();
        file.unsynced = [];
      },
      close: async () => {
        open = false;
      },
    };
  }
}

function overwrite(base: Uint8Array, bytes: Uint8Array, offset: number): Uint8Array {
  const result = new Uint8Array(Math.max(base.length, offset + bytes.length));
  result.set(base);
  result.set(bytes, offset);
  return result;
}
