import { createHash, randomBytes } from 'node:crypto';

/** Letters and digits that nobody mixes up (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 120 bits: from 112 on a plain hash protects a code that is stored (NIST SP 800-63B-4, section 3.1.2.2). */
const LENGTH = 24;
const GROUP = 4;

export const RECOVERY_CODES = 10;

/** A set of new codes as people read them. */
export const newRecoveryCodes = (): string[] => Array.from({ length: RECOVERY_CODES }, newCode);

function newCode(): string {
  const plain = Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte & 31]).join('');
  return plain.match(new RegExp(`.{${GROUP}}`, 'gu'))!.join('-');
}

/** The key of a code in the database, however it was spaced or written. */
export function hashOfCode(code: string): Buffer {
  const plain = code
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/gu, '1');
  return createHash('sha256').update(plain).digest();
}
