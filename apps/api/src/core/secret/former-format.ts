import { createHash } from 'node:crypto';
import { decrypt } from './aes-gcm.ts';

const KEY_ID_BYTES = 4;

/**
 * Opens a value of the former format, which was sealed with the installation's key itself: key id (4 bytes), nonce,
 * tag, ciphertext. Throws an Error of one sentence where none of the keys is its.
 */
export function openFormer(keys: readonly Buffer[], sealed: Buffer, context: string): string {
  const key = keys.find((one) => formerKeyId(one).equals(sealed.subarray(0, KEY_ID_BYTES)));
  if (key === undefined) throw new Error('The secret was encrypted with another LOOPSTART_SECRET_KEY.');
  return decrypt(key, sealed.subarray(KEY_ID_BYTES), Buffer.from(context)).toString('utf8');
}

const formerKeyId = (key: Buffer): Buffer => createHash('sha256').update(key).digest().subarray(0, KEY_ID_BYTES);
