import 'reflect-metadata';
import { createPrivateKey, createPublicKey, webcrypto, X509Certificate } from 'node:crypto';
import { Pkcs10CertificateRequestGenerator } from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** Creates a P-256 key; PKCS#8 PEM. It never leaves its machine. */
export async function makeKeyPem(): Promise<string> {
  const pair = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const der = await webcrypto.subtle.exportKey('pkcs8', pair.privateKey);
  return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' })
    .export({ format: 'pem', type: 'pkcs8' })
    .toString();
}

/** A certificate request (PKCS#10) for a key. The CA ignores the subject and sets its own. */
export async function makeCsrPem(keyPem: string, commonName: string): Promise<string> {
  const keyObject = createPrivateKey(keyPem);
  const privateKey = await webcrypto.subtle.importKey(
    'pkcs8',
    keyObject.export({ format: 'der', type: 'pkcs8' }),
    ALGORITHM,
    true,
    ['sign'],
  );
  const publicKey = await webcrypto.subtle.importKey(
    'spki',
    createPublicKey(keyObject).export({ format: 'der', type: 'spki' }),
    ALGORITHM,
    true,
    ['verify'],
  );
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: [{ CN: [commonName.replaceAll(/[^\w.-]/g, '-').slice(0, 64) || 'agent'] }],
    keys: { privateKey, publicKey },
    signingAlgorithm: ALGORITHM,
  });
  return `${request.toString('pem')}\n`;
}

/** Whether a certificate is for this key. False also for an invalid certificate. */
export function certificateMatchesKey(certificatePem: string, keyPem: string): boolean {
  try {
    return new X509Certificate(certificatePem).checkPrivateKey(createPrivateKey(keyPem));
  } catch {
    return false;
  }
}

/** Validity of a certificate, ms since the epoch. Throws when it is invalid. */
export function certificateLife(certificatePem: string): { fromMs: number; untilMs: number } {
  const certificate = new X509Certificate(certificatePem);
  return { fromMs: certificate.validFromDate.getTime(), untilMs: certificate.validToDate.getTime() };
}

/** SHA-256 of a certificate, 64 lower-case hexadecimal digits. Throws when it is invalid. */
export function certificateSha256(certificatePem: string): string {
  return new X509Certificate(certificatePem).fingerprint256.replaceAll(':', '').toLowerCase();
}
