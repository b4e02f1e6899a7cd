import 'reflect-metadata';
import { createPrivateKey, createPublicKey, type KeyObject, webcrypto } from 'node:crypto';
import { Pkcs10CertificateRequestGenerator } from '@peculiar/x509';

const P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
export const P521 = { name: 'ECDSA', namedCurve: 'P-521', hash: 'SHA-256' };
export const RSA_2048 = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};

export interface Csr {
  csrPem: string;
  key: KeyObject;
  keyPem: string;
}

/** A certificate request for a new key. */
export async function makeCsr(algorithm: { name: string; hash: string } = P256): Promise<Csr> {
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: 'CN=anything',
    keys,
    signingAlgorithm: algorithm,
  });
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return { csrPem: request.toString('pem'), key, keyPem: key.export({ format: 'pem', type: 'pkcs8' }).toString() };
}

/** A certificate request for a key that is there already. */
export async function makeCsrFor(keyPem: string): Promise<string> {
  const key = createPrivateKey(keyPem);
  const der = (part: KeyObject, type: 'pkcs8' | 'spki') => part.export({ format: 'der', type });
  const { subtle } = webcrypto;
  const keys = {
    privateKey: await subtle.importKey('pkcs8', der(key, 'pkcs8'), P256, true, ['sign']),
    publicKey: await subtle.importKey('spki', der(createPublicKey(key), 'spki'), P256, true, ['verify']),
  };
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: 'CN=anything',
    keys,
    signingAlgorithm: P256,
  });
  return request.toString('pem');
}

/** A certificate request whose signature is not by its key. */
export async function makeForgedCsr(): Promise<string> {
  const { csrPem } = await makeCsr();
  const der = Buffer.from(csrPem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
  der[der.length - 1]! ^= 0x55;
  return `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`;
}
