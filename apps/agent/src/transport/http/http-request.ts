import { createHash } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { HttpStep } from '@loopstart/drivers';
import { ConfigLinkError } from '../config-link-error.ts';
import { authorize, type Login } from './digest.ts';

export interface HttpTarget {
  host: string;
  port: number;
  login: Login;
  /** Whether the TLS certificate is the gateway's, by its SHA-256 in hex; asked before the login is sent. */
  acceptsCertificate: (sha256: string) => boolean;
}

const ANSWER_MS = 30_000;
const BODY_BYTES_MAX = 4_000_000;

interface Answer {
  status: number;
  challenge: string;
  body: string;
}

/**
 * Sends one request to the web server of a gateway, with the login once the server asks for it. Returns the body where it
 * is to be captured. Rejects with ConfigLinkError. Nothing that the gateway could act on is sent before its challenge.
 */
export async function sendRequest(step: HttpStep, target: HttpTarget): Promise<string | null> {
  const first = await once(step, target, null);
  let answer = first;
  if (first.status === 401) {
    const request = { method: step.method, uri: step.path };
    const authorization = authorize(first.challenge, target.login, request, { basic: true });
    if (authorization === null)
      throw new ConfigLinkError('The gateway asks for a login that the agent does not know.', 'no-access', false);
    answer = await once(step, target, authorization);
  }
  const changes = step.capture !== true;
  if (answer.status === 401 || answer.status === 403)
    throw new ConfigLinkError('The gateway refused the login to its web server.', 'login-refused', false);
  if (!step.ok.includes(answer.status))
    throw new ConfigLinkError(`The web server of the gateway answered ${answer.status}.`, 'write-refused', changes);
  return step.capture === true ? answer.body : null;
}

function once(step: HttpStep, target: HttpTarget, authorization: string | null): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // A request without login is answered with a challenge, or was taken.
    const fail = (text: string, reason: 'host-key-changed' | null = null) =>
      reject(new ConfigLinkError(text, reason, reason === null && step.capture !== true && authorization !== null));
    const { host, port } = target;
    const headers = {
      ...(step.body === undefined
        ? {}
        : { 'content-type': step.body.type, 'content-length': Buffer.byteLength(step.body.text) }),
      ...(authorization === null ? {} : { authorization }),
    };
    // Gateways have certificates of their own making: the one that was seen first is pinned.
    const options = { host, port, path: step.path, method: step.method, headers, agent: false, timeout: ANSWER_MS };
    const asking = step.tls ? httpsRequest({ ...options, rejectUnauthorized: false }) : httpRequest(options);
    const send = () => asking.end(step.body?.text);
    asking.on('timeout', () => asking.destroy(new Error('timeout')));
    asking.on('error', () => fail('The web server of the gateway did not answer.'));
    asking.on('response', (response) => void collect(response).then(resolve, () => fail('The answer was cut.')));
    if (!step.tls) {
      send();
      return;
    }
    asking.on('socket', (socket) =>
      socket.once('secureConnect', () => {
        const { raw } = (socket as TLSSocket).getPeerCertificate();
        if (target.acceptsCertificate(createHash('sha256').update(raw).digest('hex'))) return void send();
        fail('The web server of the gateway shows another certificate than before.', 'host-key-changed');
        asking.destroy();
      }),
    );
  });
}

async function collect(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new Error('too long');
    chunks.push(chunk);
  }
  if (!response.complete) throw new Error('cut');
  const challenge = response.headers['www-authenticate'] ?? '';
  return { status: response.statusCode ?? 0, challenge, body: Buffer.concat(chunks).toString('utf8') };
}
