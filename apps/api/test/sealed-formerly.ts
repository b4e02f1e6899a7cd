import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { SEALED_FIELDS, type SealedField, type SealedPlace } from '../src/core/secret/sealed-fields.ts';

/** A value as the version before data keys sealed it: with the installation's key itself. */
export function sealFormerly(key: Buffer, plain: string, place: SealedPlace): Buffer {
  const nonce = randomBytes(12);
  const field: SealedField = SEALED_FIELDS[place.field];
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(field.former!.context(place.row)));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  const keyId = createHash('sha256').update(key).digest().subarray(0, 4);
  return Buffer.concat([keyId, nonce, cipher.getAuthTag(), body]);
}
