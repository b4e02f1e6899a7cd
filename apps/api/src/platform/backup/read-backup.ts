import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decryptKeys, type Keys } from './keys-part.ts';
import { isSealedBy, KEYS, Manifest, MANIFEST, MANIFEST_SEAL } from './manifest.ts';
import { checkPart } from './parts.ts';

/** A backup whose every part was checked. */
export interface CheckedBackup {
  manifest: Manifest;
  keys: Keys;
}

/**
 * Reads a backup and checks all of it: the manifest by its key, and each part by size and hash. Throws a sentence that
 * names what is missing or was changed.
 */
export async function readBackup(folder: string, identity: string): Promise<CheckedBackup> {
  const bytes = textOf(folder, MANIFEST);
  const keys = await decryptKeys(textOf(folder, KEYS), identity);
  if (
    !isSealedBy(Buffer.from(keys.manifestKey, 'base64'), bytes, textOf(folder, MANIFEST_SEAL).toString('utf8').trim())
  )
    throw new Error(`The backup is damaged: ${MANIFEST} was changed.`);
  const parsed = Manifest.safeParse(JSON.parse(bytes.toString('utf8')));
  if (!parsed.success)
    throw new Error(
      `The backup was written by a version with another format (${parsed.error.issues[0]!.path.join('.')}).`,
    );
  const manifest = parsed.data;
  const parts = [manifest.keys, ...manifest.tables.map(({ part }) => part), ...manifest.files.map(({ part }) => part)];
  for (const part of parts) await checkPart(folder, part);
  return { manifest, keys };
}

function textOf(folder: string, name: string): Buffer {
  try {
    return readFileSync(join(folder, name));
  } catch (cause) {
    throw new Error(`The backup is incomplete: ${name} is missing.`, { cause });
  }
}
