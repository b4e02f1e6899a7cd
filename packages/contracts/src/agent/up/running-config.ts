import { z } from 'zod';
import { AtMs } from '../wire.ts';
import { ConfigFingerprint } from './gateway-config.ts';

/** Longest base64 text of a compressed configuration, in characters. Known files have up to 118 kB before gzip. */
export const RUNNING_CONFIG_BASE64_MAX = 180_000;
/** Largest configuration after decompression, in bytes; a larger one is refused while it is decompressed. */
export const RUNNING_CONFIG_BYTES_MAX = 2_097_152;

/**
 * The configuration that a gateway runs, as it was read: with every secret that the gateway gives out, so it is sent
 * over mutual TLS only and encrypted at rest.
 */
export const RunningConfig = z
  .object({
    gatewayId: z.uuid(),
    /** The job during which it was read. */
    jobId: z.uuid(),
    /** `before` the change, `after` it when it was confirmed, `reverted` after it was written back. */
    moment: z.enum(['before', 'after', 'reverted']),
    readAt: AtMs,
    /** The language, by its id in `packages/drivers/src/config-formats`. */
    format: z.string().min(1).max(64),
    fingerprint: ConfigFingerprint,
    firmware: z.string().max(128).nullable(),
    /** Length of the text in bytes of UTF-8. */
    bytes: z.int().min(0).max(RUNNING_CONFIG_BYTES_MAX),
    /** The text, gzip then base64; null where it is longer than the limit. */
    gzipBase64: z.string().max(RUNNING_CONFIG_BASE64_MAX).nullable(),
    /** Why the text is null. */
    nullReason: z.enum(['too-large']).nullable(),
  })
  .describe('The configuration that a gateway runs');
export type RunningConfig = z.infer<typeof RunningConfig>;
