import { createHmac, randomBytes, verify } from 'node:crypto';
import { type ReturnRequest, returnProofText } from '@loopstart/contracts';
import { ProblemError } from '../../../core/http/problem-error.ts';
import { sameText } from '../../../core/http/same-text.ts';
import { CsrError, type PkiService, requestedKeySha256 } from '../../pki/index.ts';

/** How long a challenge may be answered. */
const CHALLENGE_LIFE_MS = 300_000;
const NONCE_BYTES = 16;

/**
 * A challenge is its own time with a proof that it is ours: nothing is kept for callers that never answer. Each agent
 * keeps the time of the newest one that it answered, so that none works twice.
 */
export function makeChallenge(keys: readonly Buffer[], nowMs: number): string {
  const text = `${nowMs}.${randomBytes(NONCE_BYTES).toString('base64url')}`;
  return `${text}.${proofBy(keys[0]!, text)}`;
}

/** When a challenge was made. Throws `challenge-refused` where it is not ours, or too old. */
export function openChallenge(keys: readonly Buffer[], challenge: string, nowMs: number): number {
  const at = challenge.lastIndexOf('.');
  const [text, proof] = [challenge.slice(0, at), challenge.slice(at + 1)];
  // One that was made with a former key is as good.
  if (!keys.some((key) => sameText(proof, proofBy(key, text))))
    throw new ProblemError('challenge-refused', { detail: 'It was not made by this installation.' });
  const atMs = Number(text.split('.')[0]);
  if (nowMs - atMs > CHALLENGE_LIFE_MS) throw new ProblemError('challenge-refused', { detail: 'It has expired.' });
  return atMs;
}

function proofBy(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(`agent-return\0${text}`).digest('base64url');
}

/** The certificate whose key the request proves. Throws where it is not ours, or the key is another. */
export async function provenCertificate(pki: PkiService, request: ReturnRequest) {
  const certificate = await pki.readAgentCertificate(request.certificatePem);
  if (certificate === null) throw new ProblemError('certificate-unknown');
  const text = Buffer.from(returnProofText(request.challenge, request.csrPem));
  if (!verify('sha256', text, certificate.publicKey, Buffer.from(request.signature, 'base64')))
    throw new ProblemError('key-not-proven', { detail: 'The signature is not by the key of the certificate.' });
  if ((await requestedKey(request.csrPem)) !== certificate.keySha256)
    throw new ProblemError('key-not-proven', {
      detail: 'The request is for another key than that of the certificate.',
    });
  return certificate;
}

async function requestedKey(csrPem: string): Promise<string> {
  try {
    return await requestedKeySha256(csrPem);
  } catch (error) {
    if (!(error instanceof CsrError)) throw error;
    const fields = [{ path: 'body.csrPem', expected: error.message }];
    throw new ProblemError('invalid-input', { detail: error.message, fields, cause: error });
  }
}
