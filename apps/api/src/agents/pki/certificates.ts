import 'reflect-metadata';
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  randomBytes,
  webcrypto,
  X509Certificate as NodeCertificate,
} from 'node:crypto';
import { isIP } from 'node:net';
import { AGENT_CERTIFICATE_MS, CERTIFICATE_BACKDATE_MS } from '@loopstart/domain';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Pkcs10CertificateRequest,
  type PublicKey,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
  X509CrlGenerator,
} from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;
const CA_YEARS = 20;
/** A peer whose clock is behind must not take a new certificate for one from the future. */
const BACKDATE_MS = CERTIFICATE_BACKDATE_MS;
const SERVER_DAYS = 397;
const CRL_DAYS = 7;
const CURVES: ReadonlySet<string> = new Set(['prime256v1', 'secp384r1']);
const RSA_BITS_MIN = 3072;

/** A key pair with its certificate, PEM. */
export interface Identity {
  keyPem: string;
  certificatePem: string;
}

/** A certificate we signed. */
export interface Issued {
  certificatePem: string;
  /** Upper-case hexadecimal, as TLS reports it for a peer. */
  serial: string;
  notAfter: Date;
}

/** A certificate request that cannot be signed; the message is for its sender. */
export class CsrError extends Error {
  override readonly name = 'CsrError';
}

/** The purpose of a certificate. */
export type Purpose =
  | { kind: 'agent'; agentId: string }
  /** The API itself, at an external broker. */
  | { kind: 'api' }
  | { kind: 'server'; names: readonly string[] };

/** Common name of the API's own client certificate; an external broker's access list names it. */
export const API_COMMON_NAME = 'loopstart-api';

/** An authority that can sign: its key is in memory only. */
export interface Authority {
  certificate: X509Certificate;
  certificatePem: string;
  signingKey: webcrypto.CryptoKey;
}

/** Creates a certificate authority (EC P-256, RFC 5280) that may sign leaves only. */
export async function makeAuthority(nowMs: number): Promise<Identity> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: 'CN=Loopstart installation CA',
    keys,
    signingAlgorithm: ALGORITHM,
    notBefore: new Date(nowMs - BACKDATE_MS),
    notAfter: new Date(nowMs + CA_YEARS * 365 * DAY_MS),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { keyPem: await exportKey(keys.privateKey), certificatePem: pem(certificate) };
}

/** Loads an authority that `makeAuthority` created. Throws where the key is not the certificate's. */
export async function loadAuthority({ keyPem, certificatePem }: Identity): Promise<Authority> {
  const certificate = new X509Certificate(certificatePem);
  const der = createPrivateKey(keyPem).export({ format: 'der', type: 'pkcs8' });
  const signingKey = await webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, false, ['sign']);
  const derived = createPublicKey(keyPem).export({ format: 'der', type: 'spki' });
  if (!Buffer.from(certificate.publicKey.rawData).equals(derived))
    throw new Error('The CA key does not belong to the CA certificate.');
  return { certificate, certificatePem, signingKey };
}

/** SHA-256 of a PEM certificate, lower-case hexadecimal. */
export function fingerprintOf(certificatePem: string): string {
  return createHash('sha256')
    .update(new Uint8Array(new X509Certificate(certificatePem).rawData))
    .digest('hex');
}

/**
 * Signs the key of a PKCS#10 request (RFC 2986) for a purpose; subject and extensions of the request are ignored.
 * Throws CsrError where the request is invalid, where its signature does not prove the key, or where the key is weak.
 */
export async function signRequest(
  authority: Authority,
  csrPem: string,
  purpose: Purpose,
  nowMs: number,
): Promise<Issued> {
  return issue(authority, await provenKey(csrPem), purpose, nowMs);
}

/** What a certificate of an agent says. */
export interface AgentCertificateFacts {
  /** Upper-case hexadecimal, as it is stored. */
  serial: string;
  /** The common name. */
  agentId: string;
  publicKey: KeyObject;
  /** SHA-256 of the public key (SubjectPublicKeyInfo), lower-case hexadecimal. */
  keySha256: string;
  notAfterMs: number;
}

/** Reads a certificate that the authority signed, valid in time or not; null where it did not sign it. */
export function readIssued(authority: Authority, certificatePem: string): AgentCertificateFacts | null {
  let certificate: NodeCertificate;
  try {
    certificate = new NodeCertificate(certificatePem);
    if (!certificate.verify(new NodeCertificate(authority.certificatePem).publicKey)) return null;
  } catch {
    return null;
  }
  const { publicKey, serialNumber, subject, validToDate } = certificate;
  return {
    serial: serialNumber,
    agentId: /^CN=(.+)$/m.exec(subject)?.[1] ?? '',
    publicKey,
    keySha256: keySha256(publicKey),
    notAfterMs: validToDate.getTime(),
  };
}

/** SHA-256 of a public key (SubjectPublicKeyInfo), lower-case hexadecimal. */
export function keySha256(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ format: 'der', type: 'spki' }))
    .digest('hex');
}

/** The fingerprint of the key of a certificate request. Throws CsrError as `signRequest` does. */
export async function requestedKeySha256(csrPem: string): Promise<string> {
  const key = await provenKey(csrPem);
  return createHash('sha256').update(new Uint8Array(key.rawData)).digest('hex');
}

/** Creates a key and signs it. */
export async function makeIdentity(
  authority: Authority,
  purpose: Purpose,
  nowMs: number,
): Promise<Identity & Omit<Issued, 'certificatePem'>> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  return { keyPem: await exportKey(keys.privateKey), ...(await issue(authority, keys.publicKey, purpose, nowMs)) };
}

/** The list of revoked serials (RFC 5280 section 5), PEM. */
export async function makeRevocationList(
  authority: Authority,
  revoked: readonly { serial: string; at: Date }[],
  nowMs: number,
): Promise<string> {
  const list = await X509CrlGenerator.create({
    issuer: authority.certificate.subject,
    thisUpdate: new Date(nowMs - BACKDATE_MS),
    nextUpdate: new Date(nowMs + CRL_DAYS * DAY_MS),
    entries: revoked.map(({ serial, at }) => ({ serialNumber: serial.toLowerCase(), revocationDate: at })),
    extensions: [await AuthorityKeyIdentifierExtension.create(authority.certificate.publicKey)],
    signingAlgorithm: ALGORITHM,
    signingKey: authority.signingKey,
  });
  // RFC 7468 section 5; OpenSSL, and with it Mosquitto, reads no other label.
  const lines =
    Buffer.from(list.rawData)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN X509 CRL-----\n${lines.join('\n')}\n-----END X509 CRL-----\n`;
}

async function issue(
  authority: Authority,
  publicKey: webcrypto.CryptoKey | PublicKey,
  purpose: Purpose,
  nowMs: number,
): Promise<Issued> {
  const serial = newSerial();
  const lifeMs = purpose.kind === 'agent' ? AGENT_CERTIFICATE_MS : SERVER_DAYS * DAY_MS;
  // Certificates have whole seconds.
  const notAfter = new Date(Math.floor((nowMs + lifeMs) / 1000) * 1000);
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serial,
    subject: `CN=${commonName(purpose)}`,
    issuer: authority.certificate.subject,
    publicKey,
    signingKey: authority.signingKey,
    signingAlgorithm: ALGORITHM,
    notBefore: new Date(nowMs - BACKDATE_MS),
    notAfter,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      await AuthorityKeyIdentifierExtension.create(authority.certificate.publicKey),
      await SubjectKeyIdentifierExtension.create(publicKey),
      ...usage(purpose),
    ],
  });
  return { certificatePem: pem(certificate), serial: serial.toUpperCase(), notAfter };
}

function commonName(purpose: Purpose): string {
  if (purpose.kind === 'agent') return purpose.agentId;
  return purpose.kind === 'api' ? API_COMMON_NAME : 'loopstart-broker';
}

function usage(purpose: Purpose): Extension[] {
  if (purpose.kind !== 'server') return [new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth], true)];
  const names = purpose.names.map((value) => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value }));
  return [
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth], true),
    new SubjectAlternativeNameExtension(names),
  ];
}

/** The public key of a request whose signature proves that the sender holds the private one. */
async function provenKey(csrPem: string): Promise<PublicKey> {
  let request: Pkcs10CertificateRequest;
  let strength: string | null;
  let proven: boolean;
  try {
    request = new Pkcs10CertificateRequest(csrPem);
    strength = weakness(Buffer.from(request.publicKey.rawData));
    proven = strength === null && (await request.verify());
  } catch (error) {
    throw new CsrError('This is not a certificate request (PKCS#10, PEM).', { cause: error });
  }
  if (strength !== null) throw new CsrError(strength);
  if (!proven) throw new CsrError('The signature of the certificate request does not fit its key.');
  return request.publicKey;
}

/** Why a key is too weak to be certified, or null. */
function weakness(spki: Buffer): string | null {
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  const details = key.asymmetricKeyDetails;
  if (key.asymmetricKeyType === 'ec')
    return CURVES.has(details?.namedCurve ?? '') ? null : 'The curve of the key must be P-256 or P-384.';
  if (key.asymmetricKeyType === 'rsa')
    return (details?.modulusLength ?? 0) >= RSA_BITS_MIN ? null : `An RSA key must have at least ${RSA_BITS_MIN} bits.`;
  return 'The key must be EC (P-256, P-384) or RSA.';
}

/** 16 bytes, positive and without leading zeros, so that every library writes it alike. */
function newSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = 0x40 | (bytes[0]! & 0x3f);
  return bytes.toString('hex');
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    .export({ format: 'pem', type: 'pkcs8' })
    .toString();
}

function pem(data: { toString(format: 'pem'): string }): string {
  return `${data.toString('pem').trim()}\n`;
}
