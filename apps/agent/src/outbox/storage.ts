import { open, readdir, statfs, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../core/atomic-file.ts';

/** One open file of the outbox. */
export interface StorageFile {
  readonly size: number;
  /** Fills `into` from `offset`; returns how many bytes there were. */
  read(into: Uint8Array, offset: number): Promise<number>;
  /** Writes all of `bytes` at `offset`, or rejects (and some of it may be there). */
  write(bytes: Uint8Array, offset: number): Promise<void>;
  truncate(size: number): Promise<void>;
  /** When this resolves, the written bytes survive a power cut. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** The outbox's folder. An interface, so that tests can fill disks, tear writes and cut the power. */
export interface Storage {
  list(): Promise<string[]>;
  /** Opens for reading and writing, creating the file where it is missing. */
  open(name: string): Promise<StorageFile>;
  remove(name: string): Promise<void>;
  /** Makes new and removed names survive a power cut. */
  syncNames(): Promise<void>;
  /** Free bytes on the disk, null where that is not known. */
  freeBytes(): Promise<number | null>;
}

class DiskFile implements StorageFile {
  readonly #handle: FileHandle;
  #size: number;

  constructor(handle: FileHandle, size: number) {
    this.#handle = handle;
    this.#size = size;
  }

  get size(): number {
    return this.#size;
  }

  async read(into: Uint8Array, offset: number): Promise<number> {
    let done = 0;
    while (done < into.length) {
      const { bytesRead } = await this.#handle.read(into, done, into.length - done, offset + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return done;
  }

  async write(bytes: Uint8Array, offset: number): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.#handle.write(bytes, done, bytes.length - done, offset + done);
      done += bytesWritten;
    }
    this.#size = Math.max(this.#size, offset + bytes.length);
  }

  async truncate(size: number): Promise<void> {
    await this.#handle.truncate(size);
    this.#size = size;
  }

  sync(): Promise<void> {
    return this.#handle.datasync();
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

/** The outbox's folder on a real disk. */
export function diskStorage(folder: string): Storage {
  return {
    list: () => readdir(folder),
    async open(name) {
      // 'a' would force every write to the end; r+ does not create the file.
      const path = join(folder, name);
      const handle = await open(path, 'r+', 0o600).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
        return open(path, 'wx+', 0o600);
      });
      return new DiskFile(handle, (await handle.stat()).size);
    },
    remove: (name) => unlink(join(folder, name)),
    syncNames: () => syncFolder(folder),
    async freeBytes() {
      try {
        const stats = await statfs(folder);
        return stats.bavail * stats.bsize;
      } catch {
        return null;
      }
    },
  };
}

/** True for errors of a full disk or quota. */
export function isDiskFull(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
}
