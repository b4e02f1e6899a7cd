import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { malformed } from '../wire/ber-reader.ts';
import type { UserKeys } from './keys.ts';

type PrivKeys = NonNullable<UserKeys['priv']>;

export interface EngineTime {
  boots: number;
  timeSeconds: number;
}

const DES_BLOCK_BYTES = 8;
export const SALT_BYTES = 8;

/** Counts up from a random start, so that no salt repeats within a process nor, likely, across restarts. */
let saltCounter = randomBytes(8).readBigUInt64BE();

function nextSalt(): Buffer {
  const salt = Buffer.allocUnsafe(SALT_BYTES);
  saltCounter = (saltCounter + 1n) & 0xffff_ffff_ffff_ffffn;
  salt.writeBigUInt64BE(saltCounter);
  return salt;
}

/** IV of AES: boots, time, salt (RFC 3826 section 3.1.2.1). */
function aesIv(engine: EngineTime, salt: Uint8Array): Buffer {
  const iv = Buffer.allocUnsafe(16);
  iv.writeUInt32BE(engine.boots, 0);
  iv.writeUInt32BE(engine.timeSeconds, 4);
  iv.set(salt, 8);
  return iv;
}

/** Single DES as triple DES with three equal keys: OpenSSL 3 keeps plain DES in a module that is not loaded. */
function desKey(key: Buffer): Buffer {
  const single = key.subarray(0, 8);
  return Buffer.concat([single, single, single]);
}

/** IV of DES: pre-IV xor salt (RFC 3414 section 8.1.1.1). */
function desIv(key: Buffer, salt: Uint8Array): Buffer {
  return Buffer.from(key.subarray(8, 16).map((octet, i) => octet ^ (salt[i] as number)));
}

const AES_CIPHERS = { aes128: 'aes-128-cfb', aes192: 'aes-192-cfb', aes256: 'aes-256-cfb' } as const;

/** Encrypts a scoped PDU; returns it with its salt (the privacy parameters of the message). */
export function encryptScoped(keys: PrivKeys, engine: EngineTime, scoped: Buffer): { encrypted: Buffer; salt: Buffer } {
  const salt = nextSalt();
  if (keys.protocol === 'des') {
    // RFC 3414 section 8.1.1.1: the first half of a DES salt is engineBoots.
    salt.writeUInt32BE(engine.boots, 0);
    const cipher = createCipheriv('des-ede3-cbc', desKey(keys.key), desIv(keys.key, salt)).setAutoPadding(false);
    const padding = (DES_BLOCK_BYTES - (scoped.length % DES_BLOCK_BYTES)) % DES_BLOCK_BYTES;
    return { encrypted: Buffer.concat([cipher.update(scoped), cipher.update(Buffer.alloc(padding))]), salt };
  }
  const cipher = createCipheriv(AES_CIPHERS[keys.protocol], keys.key, aesIv(engine, salt));
  return { encrypted: cipher.update(scoped), salt };
}

/** Decrypts a scoped PDU, with the padding of DES left at its end. Throws SnmpError 'decode' for wrong lengths. */
export function decryptScoped(keys: PrivKeys, engine: EngineTime, salt: Uint8Array, encrypted: Uint8Array): Buffer {
  if (salt.length !== SALT_BYTES) throw malformed(`salt of ${salt.length} octets`);
  if (keys.protocol === 'des') {
    if (encrypted.length % DES_BLOCK_BYTES !== 0) throw malformed('DES content not of whole blocks');
    const decipher = createDecipheriv('des-ede3-cbc', desKey(keys.key), desIv(keys.key, salt)).setAutoPadding(false);
    return decipher.update(encrypted);
  }
  return createDecipheriv(AES_CIPHERS[keys.protocol], keys.key, aesIv(engine, salt)).update(encrypted);
}
