import { crc32 } from './crc32.ts';

/** The prefix of each kind of secret that a program shows: secret scanners and people know it at sight. */
export const TOKEN_PREFIX = {
  token: 'lst_',
  'client-secret': 'lss_',
  'access-token': 'lsa_',
  provisioning: 'lsp_',
} as const;
export type TokenKind = keyof typeof TOKEN_PREFIX;

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Random characters: 32 of 62 are 190 bits. */
const BODY_LENGTH = 32;
/** 62^6 is more than 2^32. */
const CHECKSUM_LENGTH = 6;
/** How much of a token lists show: enough to find which one leaked. */
const HINT_LENGTH = 4;

const KINDS = Object.keys(TOKEN_PREFIX) as TokenKind[];
const FORM = new RegExp(
  `^(?:${Object.values(TOKEN_PREFIX).join('|')})[0-9A-Za-z]{${BODY_LENGTH + CHECKSUM_LENGTH}}$`,
  'u',
);

/** What of a text looks like one of our secrets, whole or cut: for logs, which must not keep it. */
export const TOKEN_IN_TEXT = /\bls[tsap]_[0-9A-Za-z]{8,}/gu;

/** Bytes from a random source that `tokenFrom` needs: some are skipped, so that every character is equally likely. */
export const TOKEN_RANDOM_BYTES = 96;

/**
 * A new secret of this kind: prefix, random characters, checksum. Throws RangeError where the bytes do not suffice, which
 * of 96 random ones happens less than once in 2^100.
 */
export function tokenFrom(kind: TokenKind, random: Uint8Array): string {
  const usable = [...random].filter((byte) => byte < 4 * ALPHABET.length).slice(0, BODY_LENGTH);
  if (usable.length < BODY_LENGTH) throw new RangeError('too few random bytes for a token');
  const text = TOKEN_PREFIX[kind] + usable.map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return text + checksumOf(text);
}

/** The kind of a secret whose checksum is right; null for a typo, a cut one, and anything else. */
export function kindOfToken(text: string): TokenKind | null {
  if (!FORM.test(text)) return null;
  const checksum = checksumOf(text.slice(0, -CHECKSUM_LENGTH));
  return text.endsWith(checksum) ? (KINDS.find((kind) => text.startsWith(TOKEN_PREFIX[kind])) ?? null) : null;
}

/** What lists show of a secret: its prefix and first characters. */
export const hintOf = (token: string): string => token.slice(0, TOKEN_PREFIX.token.length + HINT_LENGTH);

function checksumOf(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let place = 0; place < CHECKSUM_LENGTH; place += 1) {
    digits = ALPHABET[rest % ALPHABET.length]! + digits;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return digits;
}
