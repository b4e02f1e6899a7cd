import { decrypt, encrypt } from './aes-gcm.ts';

/** Begins every value of this format; the last byte is its version. The former format begins with its key's hash. */
const MAGIC = Buffer.from([0x4c, 0x53, 0x45, 0x02]);
const HEADER_BYTES = MAGIC.length + 16;

/** What begins every value that is sealed with this data key. */
export function headerOf(keyId: string): Buffer {
  return Buffer.concat([MAGIC, Buffer.from(keyId.replaceAll('-', ''), 'hex')]);
}

/** Layout: magic and version (4 bytes), id of the data key (16), nonce (12), tag (16), ciphertext. The header is bound, too. */
export function sealValue(key: { id: string; bytes: Uint8Array }, plain: string, bound: string): Buffer {
  const header = headerOf(key.id);
  return Buffer.concat([header, encrypt(key.bytes, Buffer.from(plain), Buffer.concat([header, Buffer.from(bound)]))]);
}

/** Throws where the bytes were changed or belong elsewhere. */
export function openValue(keyBytes: Uint8Array, sealed: Buffer, bound: string): string {
  const header = sealed.subarray(0, HEADER_BYTES);
  const aad = Buffer.concat([header, Buffer.from(bound)]);
  return decrypt(keyBytes, sealed.subarray(HEADER_BYTES), aad).toString('utf8');
}

/** The data key of a value; null for the former format, which has none. */
export function keyIdOf(sealed: Buffer): string | null {
  if (!sealed.subarray(0, MAGIC.length).equals(MAGIC)) return null;
  const hex = sealed.subarray(MAGIC.length, HEADER_BYTES).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
