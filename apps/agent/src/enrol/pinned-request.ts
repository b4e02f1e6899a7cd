import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';

const TIMEOUT_MS = 20_000;
const ANSWER_BYTES_MAX = 4_194_304;

export interface HttpAnswer {
  status: number;
  body: string;
}

/**
 * Sends JSON by POST. With `caSha256`, a server whose chain ends in the certificate with that fingerprint is trusted
 * too, besides those the system trusts. Rejects when there is no complete answer.
 */
export async function postJson(url: URL, body: unknown, caSha256: string | null): Promise<HttpAnswer> {
  const ca = url.protocol === 'https:' && caSha256 !== null ? await findPinned(url, caSha256) : null;
  const payload = JSON.stringify(body);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = send(
      url,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) },
        timeout: TIMEOUT_MS,
        ...(ca === null ? {} : { ca }),
      },
      (answer) => {
        readBody(answer).then((text) => resolve({ status: answer.statusCode ?? 0, body: text }), reject);
      },
    );
    outgoing.on('timeout', () =>
      outgoing.destroy(new Error(`no answer from ${url.host} within ${TIMEOUT_MS / 1000} s`)),
    );
    outgoing.on('error', reject);
    outgoing.end(payload);
  });
}

async function readBody(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > ANSWER_BYTES_MAX) throw new Error('the answer is too large');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** The pinned certificate, if the server's chain contains it; null leaves the decision to the system's trust. */
function findPinned(url: URL, caSha256: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    // Only reads the chain; nothing is sent on this connection, and the request itself is verified.
    const socket: TLSSocket = connect(
      {
        host: url.hostname.replaceAll(/[[\]]/g, ''),
        port: Number(url.port || 443),
        servername: /^[\d.]+$|:/.test(url.hostname) ? '' : url.hostname,
        rejectUnauthorized: false,
        timeout: TIMEOUT_MS,
      },
      () => {
        const pinned = chainOf(socket.getPeerCertificate(true)).find(
          (certificate) => certificate.fingerprint256.replaceAll(':', '').toLowerCase() === caSha256,
        );
        socket.destroy();
        resolve(pinned === undefined ? null : toPem(pinned.raw));
      },
    );
    socket.on('timeout', () => socket.destroy(new Error(`no answer from ${url.host}`)));
    socket.on('error', reject);
  });
}

function chainOf(leaf: DetailedPeerCertificate): DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = [];
  for (let next: DetailedPeerCertificate | undefined = leaf; next?.raw !== undefined; next = next.issuerCertificate) {
    if (chain.includes(next)) break;
    chain.push(next);
  }
  return chain;
}

function toPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
