import { createHash, hash } from 'node:crypto';
import { SnmpError } from '../wire/errors.ts';
import type { AuthProtocol, PrivProtocol, SecurityLevel, UserCredentials } from '../wire/types.ts';

interface AuthSuite {
  digest: string;
  /** Octets of the (truncated) code in the message: RFC 3414 sections 6 and 7, RFC 7860 section 4.1. */
  macBytes: number;
}

export const AUTH_SUITES: Readonly<Record<AuthProtocol, AuthSuite>> = {
  md5: { digest: 'md5', macBytes: 12 },
  sha1: { digest: 'sha1', macBytes: 12 },
  sha224: { digest: 'sha224', macBytes: 16 },
  sha256: { digest: 'sha256', macBytes: 24 },
  sha384: { digest: 'sha384', macBytes: 32 },
  sha512: { digest: 'sha512', macBytes: 48 },
};

/** Octets of localised key that a privacy protocol needs; DES: 8 of key and 8 of pre-IV (RFC 3414 section 8.1.1.1). */
const PRIV_KEY_BYTES: Readonly<Record<PrivProtocol, number>> = { des: 16, aes128: 16, aes192: 24, aes256: 32 };

export interface UserKeys {
  auth?: { suite: AuthSuite; key: Buffer };
  priv?: { protocol: PrivProtocol; key: Buffer };
}

const LEVEL_RANK: Readonly<Record<SecurityLevel, number>> = { noAuthNoPriv: 0, authNoPriv: 1, authPriv: 2 };

/** Whether a level protects at least as well as another (RFC 3411 section 3.4.3). */
export function isLevelAtLeast(level: SecurityLevel, least: SecurityLevel): boolean {
  return LEVEL_RANK[level] >= LEVEL_RANK[least];
}

/** Whether these credentials have everything that a level needs. */
export function hasKeysFor(credentials: UserCredentials, level: SecurityLevel): boolean {
  const auth = Boolean(credentials.authProtocol && credentials.authPassphrase);
  const priv = Boolean(credentials.privProtocol && credentials.privPassphrase);
  return level === 'noAuthNoPriv' || (auth && (level === 'authNoPriv' || priv));
}

const PASSPHRASE_STRETCH_BYTES = 1_048_576;

/** The user's key before localisation: the digest of a million octets of repeated passphrase (RFC 3414 A.2). */
export function passphraseToKey(protocol: AuthProtocol, passphrase: string): Buffer {
  const octets = Buffer.from(passphrase, 'utf8');
  if (octets.length === 0) throw new SnmpError('auth', 'empty passphrase');
  const stretched = Buffer.alloc(PASSPHRASE_STRETCH_BYTES, octets);
  return hash(AUTH_SUITES[protocol].digest, stretched, 'buffer');
}

/** Localises a user's key to one engine: H(Ku, engineId, Ku) (RFC 3414 section 2.6). */
export function localiseKey(protocol: AuthProtocol, key: Uint8Array, engineId: Uint8Array): Buffer {
  return createHash(AUTH_SUITES[protocol].digest).update(key).update(engineId).update(key).digest();
}

function extendBlumenthal(protocol: AuthProtocol, key: Buffer, bytes: number): Buffer {
  let extended = key;
  while (extended.length < bytes) {
    extended = Buffer.concat([extended, hash(AUTH_SUITES[protocol].digest, extended, 'buffer')]);
  }
  return extended.subarray(0, bytes);
}

function stretchKey(protocol: AuthProtocol, key: Buffer): Buffer {
  return hash(AUTH_SUITES[protocol].digest, Buffer.alloc(PASSPHRASE_STRETCH_BYTES, key), 'buffer');
}

function extendReeder(protocol: AuthProtocol, key: Buffer, bytes: number, engineId: Uint8Array): Buffer {
  let extended = key;
  let last = key;
  while (extended.length < bytes) {
    last = localiseKey(protocol, stretchKey(protocol, last), engineId);
    extended = Buffer.concat([extended, last]);
  }
  return extended.subarray(0, bytes);
}

/** The localised privacy key, lengthened where the digest is shorter than the cipher's key. */
export function localisePrivKey(
  protocols: { auth: AuthProtocol; priv: PrivProtocol; extension: 'blumenthal' | 'reeder' },
  key: Uint8Array,
  engineId: Uint8Array,
): Buffer {
  const bytes = PRIV_KEY_BYTES[protocols.priv];
  const localised = localiseKey(protocols.auth, key, engineId);
  return protocols.extension === 'reeder'
    ? extendReeder(protocols.auth, localised, bytes, engineId)
    : extendBlumenthal(protocols.auth, localised, bytes);
}

const CACHE_SIZE_MAX = 20_000;
const passphraseKeys = new Map<string, Buffer>();
const engineKeys = new Map<string, UserKeys>();

/** Looks up or creates an entry, and clears the cache when it is full: recreating entries is cheap. */
function remembered<V>(cache: Map<string, V>, name: string, make: () => V): V {
  const known = cache.get(name);
  if (known !== undefined) return known;
  const made = make();
  if (cache.size >= CACHE_SIZE_MAX) cache.clear();
  cache.set(name, made);
  return made;
}

function rememberedKey(protocol: AuthProtocol, passphrase: string): Buffer {
  return remembered(passphraseKeys, `${protocol}\0${passphrase}`, () => passphraseToKey(protocol, passphrase));
}

/**
 * Keys of a user for one engine, for the credentials' own level; cached by passphrase and engine. Throws SnmpError
 * 'auth' where the level needs a protocol or passphrase that is missing.
 */
export function userKeys(credentials: UserCredentials, engineId: Uint8Array): UserKeys {
  if (credentials.level === 'noAuthNoPriv') return {};
  const { authProtocol, authPassphrase, privProtocol, privPassphrase, privKeyExtension = 'blumenthal' } = credentials;
  if (!authProtocol || !authPassphrase) throw new SnmpError('auth', 'no authentication protocol or passphrase given');
  const withPriv = credentials.level === 'authPriv';
  if (withPriv && (!privProtocol || !privPassphrase)) {
    throw new SnmpError('auth', 'no privacy protocol or passphrase given');
  }
  const engine = Buffer.from(engineId).toString('hex');
  const privName = withPriv ? `${privProtocol}\0${privPassphrase}\0${privKeyExtension}` : '';
  return remembered(engineKeys, `${engine}\0${authProtocol}\0${authPassphrase}\0${privName}`, () => {
    const key = localiseKey(authProtocol, rememberedKey(authProtocol, authPassphrase), engineId);
    const keys: UserKeys = { auth: { suite: AUTH_SUITES[authProtocol], key } };
    if (withPriv && privProtocol && privPassphrase) {
      const protocols = { auth: authProtocol, priv: privProtocol, extension: privKeyExtension };
      const privKey = localisePrivKey(protocols, rememberedKey(authProtocol, privPassphrase), engineId);
      keys.priv = { protocol: privProtocol, key: privKey };
    }
    return keys;
  });
}
