import { randomBytes } from 'node:crypto';
import { constants, open, readFile, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/** New, never through a link, and never an existing file: the folder may belong to another user than the writer. */
const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/**
 * Replaces `path` with `content` so that after a crash at any instant the file is either the old or the new one,
 * complete: a temporary file beside it, with an unpredictable name, is written, flushed to disk and renamed, then the
 * folder is flushed. A link at `path` is replaced, not followed.
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array, mode = 0o600): Promise<void> {
  const temporary = `${path}.${randomBytes(12).toString('hex')}.tmp`;
  const file = await open(temporary, NEW_FILE, mode);
  try {
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Flushes a folder's entries (new, renamed and removed names) to disk. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** A file's text, or null when there is none. Throws every other error. */
export async function readFileIfPresent(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
