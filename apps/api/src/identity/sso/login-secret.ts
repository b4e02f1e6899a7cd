import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { LoginProof } from './oidc-client.ts';

/** The secret of a sign-in, which the browser keeps in a cookie. */
export const newLoginSecret = (): string => randomBytes(32).toString('base64url');

/** The key of the sign-in in the database. */
export const hashOfLogin = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/**
 * State, nonce and PKCE verifier of a sign-in. They come from the browser's secret, so that nobody else can answer with the
 * right ones, and the database has nothing that opens anything. None of them shows the secret or another of them.
 */
export const proofOf = (secret: string): LoginProof => ({
  state: derived(secret, 'state'),
  nonce: derived(secret, 'nonce'),
  verifier: derived(secret, 'verifier'),
});

/** Whether a callback has the state of this secret. */
export function isStateOf(secret: string, state: string | null): boolean {
  const [right, given] = [Buffer.from(proofOf(secret).state), Buffer.from(state ?? '')];
  return right.length === given.length && timingSafeEqual(right, given);
}

/** 256 bits as 43 characters, which is what a PKCE verifier needs at least (RFC 7636, section 4.1). */
const derived = (secret: string, purpose: string): string =>
  createHmac('sha256', secret).update(`single-sign-on\0${purpose}`).digest('base64url');
