import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Pkcs10CertificateRequest,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  type Extension,
} from '@peculiar/x509';
import { makeCsrPem, makeKeyPem } from '../enrol/certificate-key.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;

export interface TestCa {
  caPem: string;
  /** A certificate for a server on loopback. */
  server(): Promise<{ keyPem: string; certificatePem: string }>;
  /** Signs a request as the API does: its own subject, the key of the request. */
  sign(csrPem: string, agentId: string, life?: { fromMs: number; untilMs: number }): Promise<string>;
}

/** A CA for tests: P-256, in memory. */
export async function makeTestCa(nowMs = Date.now()): Promise<TestCa> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const issuer = 'CN=Loopstart test CA';
  const life = { notBefore: new Date(nowMs - DAY_MS), notAfter: new Date(nowMs + 365 * DAY_MS) };
  const ca = await X509CertificateGenerator.createSelfSigned({
    name: issuer,
    keys,
    signingAlgorithm: ALGORITHM,
    ...life,
    extensions: [new BasicConstraintsExtension(true, undefined, true)],
  });
  const issue = async (csrPem: string, subject: string, extensions: Extension[], notBefore: Date, notAfter: Date) => {
    const request = new Pkcs10CertificateRequest(csrPem);
    const certificate = await X509CertificateGenerator.create({
      subject,
      issuer,
      publicKey: request.publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: ALGORITHM,
      notBefore,
      notAfter,
      extensions,
    });
    return `${certificate.toString('pem')}\n`;
  };
  return {
    caPem: `${ca.toString('pem')}\n`,
    async server() {
      const keyPem = await makeKeyPem();
      const extensions = [
        new SubjectAlternativeNameExtension([
          { type: 'dns', value: 'localhost' },
          { type: 'ip', value: '127.0.0.1' },
        ]),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      ];
      const csrPem = await makeCsrPem(keyPem, 'localhost');
      return {
        keyPem,
        certificatePem: await issue(csrPem, 'CN=localhost', extensions, life.notBefore, life.notAfter),
      };
    },
    sign(csrPem, agentId, { fromMs, untilMs } = { fromMs: nowMs - DAY_MS, untilMs: nowMs + 90 * DAY_MS }) {
      const extensions = [new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth])];
      return issue(csrPem, `CN=${agentId}`, extensions, new Date(fromMs), new Date(untilMs));
    },
  };
}

/** A key and its certificate for an agent, as enrolment leaves them. */
export async function makeTestIdentity(ca: TestCa, agentId: string, life?: { fromMs: number; untilMs: number }) {
  const keyPem = await makeKeyPem();
  return { keyPem, certificatePem: await ca.sign(await makeCsrPem(keyPem, agentId), agentId, life), caPem: ca.caPem };
}
