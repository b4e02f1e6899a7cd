import { createPrivateKey, X509Certificate } from 'node:crypto';
import { refused } from '../../core/http/refuse.ts';

/** By which Loopstart shows a receiver who it is, in PEM. */
export interface ClientCertificate {
  certificate: string;
  privateKey: string;
}

/** What people see of one. */
export interface ClientCertificateView {
  subject: string;
  expiresAt: Date;
}

const PATH = 'body.client';

/** Throws `invalid-input` where the certificate or the key cannot be read, is not of the other, or has run out. */
export function viewOfClient({ certificate, privateKey }: ClientCertificate, now: number): ClientCertificateView {
  const found = readCertificate(certificate);
  const key = readKey(privateKey);
  if (!found.checkPrivateKey(key)) throw refused(`${PATH}.privateKey`, 'the key of this certificate');
  const expiresAt = new Date(found.validTo);
  if (expiresAt.getTime() <= now) throw refused(`${PATH}.certificate`, 'a certificate that has not run out');
  return { subject: found.subject.split('\n').join(', '), expiresAt };
}

function readCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw refused(`${PATH}.certificate`, 'a certificate in PEM');
  }
}

function readKey(pem: string) {
  try {
    return createPrivateKey(pem);
  } catch {
    throw refused(`${PATH}.privateKey`, 'its private key in PEM, without a passphrase');
  }
}
