import { lstatSync } from 'node:fs';

/**
 * Switches to the owner of a folder where this process is root and the folder is another user's: files then belong to
 * that user, and a link planted by that user reaches only what that user can reach. Does nothing where the folder does
 * not exist yet. Throws where the folder is a link.
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
