import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

export const MANIFEST = 'manifest.json';
/** HMAC-SHA-256 of the manifest, by a key that is in the encrypted part. */
export const MANIFEST_SEAL = 'manifest.hmac';
export const KEYS = 'keys.age';
const FORMAT = 1;

const Part = z.object({
  /** Path within the backup. */
  path: z.string().regex(/^(?!.*\.\.)[\w./ -]+$/),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** What a backup consists of. */
export const Manifest = z.object({
  format: z.literal(FORMAT),
  /** Version of Loopstart that made it. */
  version: z.string(),
  postgresVersion: z.string(),
  startedAt: z.iso.datetime(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })).min(1),
  tables: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.string()).min(1),
      partitions: z.array(z.string()),
      rows: z.number().int().nonnegative(),
      part: Part,
    }),
  ),
  sequences: z.array(z.object({ name: z.string(), value: z.string().regex(/^\d+$/) })),
  keys: Part,
  /** Stored files, by their path below the folder that was backed up. */
  files: z.array(z.object({ path: z.string(), part: Part })),
});
export type Manifest = z.infer<typeof Manifest>;
export type Part = z.infer<typeof Part>;
export { FORMAT };

export const sealOf = (key: Buffer, manifest: Buffer): string =>
  createHmac('sha256', key).update(manifest).digest('hex');

export function isSealedBy(key: Buffer, manifest: Buffer, seal: string): boolean {
  const [given, right] = [Buffer.from(seal), Buffer.from(sealOf(key, manifest))];
  return given.length === right.length && timingSafeEqual(given, right);
}
