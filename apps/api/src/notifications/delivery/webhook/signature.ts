import { createHmac, createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** Algorithms of Standard Webhooks 1.0.0: HMAC-SHA256 with a shared secret, and ed25519. */
export type SigningAlgorithm = 'v1' | 'v1a';

/** A key as it is made. `secret` is shown to its owner (v1) or kept (v1a); `publicKey` is for the verifier (v1a). */
export interface SigningKey {
  algorithm: SigningAlgorithm;
  secret: string;
  publicKey: string | null;
}

const SECRET_BYTES = 32;
const SEED_BYTES = 32;
/** DER of a PKCS #8 ed25519 key up to its 32-byte seed (RFC 8410, section 7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

export function makeKey(algorithm: SigningAlgorithm): SigningKey {
  if (algorithm === 'v1')
    return { algorithm, secret: `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`, publicKey: null };
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(PKCS8_PREFIX.length);
  const point = publicKey.export({ format: 'der', type: 'spki' }).subarray(-SEED_BYTES);
  return {
    algorithm,
    secret: `whsk_${Buffer.concat([seed, point]).toString('base64')}`,
    publicKey: `whpk_${point.toString('base64')}`,
  };
}

export interface SignedHeaders {
  'webhook-id': string;
  /** Seconds since the epoch, of this attempt. */
  'webhook-timestamp': string;
  'webhook-signature': string;
}

/** Signs exactly these bytes with every key; the first signature is of the first key. `nowMs` is the time of the attempt. */
export function signedHeaders(
  id: string,
  nowMs: number,
  body: string,
  keys: readonly Pick<SigningKey, 'algorithm' | 'secret'>[],
): SignedHeaders {
  const timestamp = String(Math.floor(nowMs / 1000));
  const text = Buffer.from(`${id}.${timestamp}.${body}`);
  const signatures = keys.map(({ algorithm, secret }) => `${algorithm},${signature(algorithm, secret, text)}`);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

function signature(algorithm: SigningAlgorithm, secret: string, text: Buffer): string {
  if (algorithm === 'v1') {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    return createHmac('sha256', key).update(text).digest('base64');
  }
  return sign(null, text, privateKeyOf(secret)).toString('base64');
}

function privateKeyOf(secret: string): KeyObject {
  const seed = Buffer.from(secret.replace(/^whsk_/, ''), 'base64').subarray(0, SEED_BYTES);
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
}
