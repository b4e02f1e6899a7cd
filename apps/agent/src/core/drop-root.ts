import { lstatSync } from 'node:fs';

/**
 * Becomes the owner of a folder where this process is root and the folder is another user's: what is then written
 * belongs to that user, and links that user may have planted lead nowhere that user could not go. Does nothing where
 * there is no folder yet. Throws where the folder is a link.
 */
export function becomeOwnerOf(folder: string): void {
  if (process.geteuid?.() !== 0) return;
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isDirectory()) throw new Error(`${folder} is not a folder`);
  if (found.uid === 0) return;
  process.setgroups?.([found.gid]);
  process.setgid?.(found.gid);
  process.setuid?.(found.uid);
}
