import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { RUNNING_CONFIG_BASE64_MAX, RUNNING_CONFIG_BYTES_MAX, type RunningConfig } from '@loopstart/contracts';
import type { ReadConfig } from '@loopstart/drivers';

export function pack(text: string): string {
  return gzipSync(text).toString('base64');
}

/** Throws where it is damaged or too long. */
export function unpack(gzipBase64: string): Buffer {
  return gunzipSync(Buffer.from(gzipBase64, 'base64'), { maxOutputLength: RUNNING_CONFIG_BYTES_MAX });
}

/** SHA-256 in hex of the settings in the order of their keys, without secrets. */
export function fingerprintOf({ format, settings }: ReadConfig, secretKeys: ReadonlySet<string>): string {
  const pairs = [...settings]
    .filter(([key, { secret }]) => secret === 'none' && !secretKeys.has(key))
    .map(([key, { value }]) => [key, value] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([format, pairs]))
    .digest('hex');
}

/** The message with a configuration that was read. */
export function runningConfig(
  text: string,
  about: Pick<RunningConfig, 'gatewayId' | 'jobId' | 'moment' | 'readAt' | 'format' | 'fingerprint' | 'firmware'>,
): RunningConfig {
  const bytes = Buffer.byteLength(text);
  const gzipBase64 = pack(text);
  const fits = gzipBase64.length <= RUNNING_CONFIG_BASE64_MAX;
  return {
    ...about,
    bytes: Math.min(bytes, RUNNING_CONFIG_BYTES_MAX),
    gzipBase64: fits ? gzipBase64 : null,
    nullReason: fits ? null : 'too-large',
  };
}
